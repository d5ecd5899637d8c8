// ac_channel for simulation with a plain C++ compiler, as far as the generated code uses it.
#ifndef BURIN_AC_CHANNEL_H
#define BURIN_AC_CHANNEL_H

#include <queue>

template <class T>
class ac_channel {
 public:
  T read() {
    T token = tokens.front();
    tokens.pop();
    return token;
  }
  void write(const T &token) { tokens.push(token); }
  bool available(unsigned n) const { return tokens.size() >= n; }

 private:
  std::queue<T> tokens;
};

#endif
