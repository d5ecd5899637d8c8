// hls::stream for simulation with a plain C++ compiler, as far as the generated code uses it.
#ifndef BURIN_HLS_STREAM_H
#define BURIN_HLS_STREAM_H

#include <queue>

namespace hls {

template <class T>
class stream {
 public:
  T read() {
    T token = tokens.front();
    tokens.pop();
    return token;
  }
  void write(const T &token) { tokens.push(token); }
  bool empty() const { return tokens.empty(); }

 private:
  std::queue<T> tokens;
};

}  // namespace hls

#endif
