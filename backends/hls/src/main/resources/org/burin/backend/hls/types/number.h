// Fixed-point numbers of up to 128 bits for simulation with a plain C++ compiler: the part of the vendor's types that
// the generated code uses, and no more. Synthesis tools bring their own types; this file is not for them.
#ifndef BURIN_NUMBER_H
#define BURIN_NUMBER_H

#include <type_traits>

#include "rounding.h"

namespace burin {

template <bool WIDE>
struct storage {
  typedef long long type;
  typedef unsigned long long bits;
};

template <>
struct storage<true> {
  typedef __int128 type;
  typedef unsigned __int128 bits;
};

constexpr int larger(int a, int b) { return a > b ? a : b; }  // NOLINT(bugprone-easily-swappable-parameters)

// The number raw * 2^-(W-I), raw a whole number of W bits, two's complement if S.
template <int W, int I, bool S, int Q, int O>
class number {
  static_assert(W >= 1 && W + (S ? 0 : 1) <= 128, "a number has 1 to 128 bits");

 public:
  static constexpr int width = W;
  static constexpr int integer = I;
  static constexpr int fraction = W - I;
  static constexpr bool is_signed = S;
  typedef typename storage<(W + (S ? 0 : 1) > 64)>::type raw_t;
  typedef typename storage<(W + (S ? 0 : 1) > 64)>::bits bits_t;

  raw_t raw;

  number() : raw(0) {}

  // The number v.
  template <class T, class = typename std::enable_if<std::is_integral<T>::value>::type>
  number(T v) : raw(convert<0, 64>(static_cast<long long>(v))) {}

  // The number x, rounded and fitted to this type.
  template <int W2, int I2, bool S2, int Q2, int O2>
  number(const number<W2, I2, S2, Q2, O2> &x) : raw(convert<W2 - I2, W2>(x.raw)) {}

  // The number with the low W bits of this raw integer.
  template <class T>
  static number from_raw(T bits) {
    number x;
    x.raw = wrapped(static_cast<bits_t>(bits));
    return x;
  }

  template <class T>
  number &operator+=(const T &x) {
    *this = number(*this + x);
    return *this;
  }

  number<W + 1, I + 1, true, TRN, WRAP> operator-() const {
    return number<W + 1, I + 1, true, TRN, WRAP>::from_raw(-static_cast<typename storage<(W >= 64)>::type>(raw));
  }

  // Shifts keep the type, as those of the vendors' types do.
  number operator<<(int n) const { return from_raw(static_cast<bits_t>(raw) << n); }
  number operator>>(int n) const { return from_raw(raw >> n); }

 private:
  static raw_t wrapped(bits_t bits) {
    constexpr int unused = static_cast<int>(8 * sizeof(raw_t)) - W;
    return S ? static_cast<raw_t>(bits << unused) >> unused
             : static_cast<raw_t>(static_cast<bits_t>(bits << unused) >> unused);
  }

  // raw * 2^-F brought to this type; raw has W2 bits.
  template <int F, int W2, class T>
  static raw_t convert(T from) {
    constexpr int shift = W - I - F;
    if (Q == TRN && O == WRAP) {
      if (shift >= static_cast<int>(8 * sizeof(bits_t)) || shift <= -static_cast<int>(8 * sizeof(T))) {
        return wrapped(shift < 0 && from < 0 ? ~static_cast<bits_t>(0) : 0);
      }
      return wrapped(shift >= 0 ? static_cast<bits_t>(from) << (shift < 0 ? 0 : shift)
                                : static_cast<bits_t>(from >> (shift < 0 ? -shift : 0)));
    }
    // Beyond these distances nothing changes: all is lost on the left, or all lies right of the last bit.
    const grid to = {shift > W + 1 ? W + 1 : (shift < -W2 - 1 ? -W2 - 1 : shift), W, S, Q, O};
    return static_cast<raw_t>(requantize<__int128>(from, to));
  }
};

template <int W, int I, bool S, int Q, int O>
constexpr int number<W, I, S, Q, O>::width;
template <int W, int I, bool S, int Q, int O>
constexpr int number<W, I, S, Q, O>::integer;
template <int W, int I, bool S, int Q, int O>
constexpr int number<W, I, S, Q, O>::fraction;
template <int W, int I, bool S, int Q, int O>
constexpr bool number<W, I, S, Q, O>::is_signed;

// The types of exact results.
template <class A, class B>
struct result {
  static constexpr bool either = A::is_signed || B::is_signed;
  static constexpr int fraction = larger(A::fraction, B::fraction);
  static constexpr int integer =
      larger(A::integer + (either && !A::is_signed ? 1 : 0), B::integer + (either && !B::is_signed ? 1 : 0));
  typedef number<integer + fraction + 1, integer + 1, either, TRN, WRAP> sum;
  typedef number<integer + fraction + 1, integer + 1, true, TRN, WRAP> difference;
  typedef number<integer + fraction, integer, either, TRN, WRAP> common;
  typedef number<A::width + B::width, A::integer + B::integer, either, TRN, WRAP> product;
};

#define BURIN_PAIR                                                                      \
  template <int W1, int I1, bool S1, int Q1, int O1, int W2, int I2, bool S2, int Q2, int O2, \
            class A = number<W1, I1, S1, Q1, O1>, class B = number<W2, I2, S2, Q2, O2> >
#define BURIN_A const number<W1, I1, S1, Q1, O1> &a
#define BURIN_B const number<W2, I2, S2, Q2, O2> &b

BURIN_PAIR typename result<A, B>::sum operator+(BURIN_A, BURIN_B) {
  typedef typename result<A, B>::sum R;
  return R::from_raw(R(a).raw + R(b).raw);
}

BURIN_PAIR typename result<A, B>::difference operator-(BURIN_A, BURIN_B) {
  typedef typename result<A, B>::difference R;
  return R::from_raw(R(a).raw - R(b).raw);
}

BURIN_PAIR typename result<A, B>::product operator*(BURIN_A, BURIN_B) {
  typedef typename result<A, B>::product R;
  return R::from_raw(static_cast<typename R::raw_t>(a.raw) * static_cast<typename R::raw_t>(b.raw));
}

// Of whole numbers, toward zero.
BURIN_PAIR A operator/(BURIN_A, BURIN_B) { return A::from_raw(a.raw / b.raw); }

// Of whole numbers.
BURIN_PAIR A operator&(BURIN_A, BURIN_B) { return A::from_raw(a.raw & b.raw); }

BURIN_PAIR bool operator<(BURIN_A, BURIN_B) {
  typedef typename result<A, B>::common R;
  return R(a).raw < R(b).raw;
}

BURIN_PAIR bool operator==(BURIN_A, BURIN_B) {
  typedef typename result<A, B>::common R;
  return R(a).raw == R(b).raw;
}

BURIN_PAIR bool operator>(BURIN_A, BURIN_B) { return b < a; }
BURIN_PAIR bool operator<=(BURIN_A, BURIN_B) { return !(b < a); }
BURIN_PAIR bool operator>=(BURIN_A, BURIN_B) { return !(a < b); }
BURIN_PAIR bool operator!=(BURIN_A, BURIN_B) { return !(a == b); }

#undef BURIN_PAIR
#undef BURIN_A
#undef BURIN_B

#define BURIN_WITH_INT(OP)                                                                  \
  template <int W, int I, bool S, int Q, int O>                                            \
  bool operator OP(const number<W, I, S, Q, O> &a, int b) {                                \
    return a OP number<32, 32, true, TRN, WRAP>(b);                                        \
  }
BURIN_WITH_INT(<)
BURIN_WITH_INT(==)
BURIN_WITH_INT(!=)
#undef BURIN_WITH_INT

}  // namespace burin

#endif
