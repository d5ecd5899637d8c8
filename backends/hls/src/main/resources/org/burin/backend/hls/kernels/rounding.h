// How a whole number, in units of a type's last bit, is rounded and fitted to the type's range.
//
// This is the definition for types that differ from element to element, where the types of the language do not help:
// there is one set of template parameters, but a type for each element.
#ifndef BURIN_ROUNDING_H
#define BURIN_ROUNDING_H

namespace burin {

enum rounding_mode { TRN, TRN_ZERO, RND, RND_ZERO, RND_INF, RND_MIN_INF, RND_CONV, RND_CONV_ODD };

enum overflow_mode { WRAP, SAT, SAT_ZERO, SAT_SYM };

// A type as seen from a raw integer x: the number x * 2^shift in units of the last bit, to be held in `width` bits.
struct grid {
  int shift;
  int width;
  bool is_signed;
  int rounding;
  int overflow;
};

// What lies right of the last bit, and what else decides where the number goes.
struct remainder_bits {
  bool half;      // the bit worth a half
  bool below;     // whether any bit below that is set
  bool odd;       // whether the whole number below is odd
  bool negative;  // whether the number is negative
};

// Whether a number goes to the whole number above it rather than to the one below.
inline bool rounds_up(const remainder_bits &r, int rounding) {
  const bool above_half = r.half && r.below;
  const bool tie = r.half && !r.below;
  switch (rounding) {
    case TRN:
      return false;
    case TRN_ZERO:
      return r.negative && (r.half || r.below);
    case RND:
      return r.half;
    case RND_ZERO:
      return above_half || (tie && r.negative);
    case RND_INF:
      return above_half || (tie && !r.negative);
    case RND_MIN_INF:
      return above_half;
    case RND_CONV:
      return above_half || (tie && r.odd);
    default:
      return above_half || (tie && !r.odd);
  }
}

// The whole number n fitted to the range of the type. WORD holds n and two bits more than the type.
template <class WORD>
WORD fit(const WORD &n, const grid &to) {
  const WORD one = 1;
  const WORD max = (one << (to.is_signed ? to.width - 1 : to.width)) - one;
  WORD min = 0;
  if (to.is_signed) {
    min = -max;
    if (to.overflow != SAT_SYM) {
      min = min - one;
    }
  }
  if (n >= min && n <= max) {
    return n;
  }
  if (to.overflow == SAT_ZERO) {
    return 0;
  }
  if (to.overflow == SAT || to.overflow == SAT_SYM) {
    return n < 0 ? min : max;
  }
  WORD low = n & ((one << to.width) - one);
  if (to.is_signed && low > max) {
    low = low - (one << to.width);
  }
  return low;
}

// The number x * 2^shift brought to the type. WORD holds x shifted to the left by at most width + 1 bits.
template <class WORD>
WORD requantize(const WORD &x, const grid &to) {
  const WORD one = 1;
  if (to.shift >= 0) {
    return fit<WORD>(x << to.shift, to);
  }
  const int dropped = -to.shift;
  WORD whole = x >> dropped;
  const WORD last = x >> (dropped - 1);
  const WORD rest = x & ((one << (dropped - 1)) - one);
  const remainder_bits r = {(last & one) != 0, rest != 0, (whole & one) != 0, x < 0};
  if (rounds_up(r, to.rounding)) {
    whole = whole + one;
  }
  return fit<WORD>(whole, to);
}

// A rational number; the divisor is positive.
template <class WORD>
struct ratio {
  WORD dividend;
  WORD divisor;
};

// The exact quotient of x times 2^shift brought to the type.
template <class WORD>
WORD quotient(const ratio<WORD> &x, const grid &to) {
  const WORD one = 1;
  const WORD n = to.shift > 0 ? WORD(x.dividend << to.shift) : x.dividend;
  const WORD d = to.shift < 0 ? WORD(x.divisor << -to.shift) : x.divisor;
  WORD whole = n / d;
  WORD rest = n - whole * d;
  if (rest < 0) {
    whole = whole - one;
    rest = rest + d;
  }
  const WORD twice = rest + rest;
  const remainder_bits r = {twice >= d, twice != 0 && twice != d, (whole & one) != 0, x.dividend < 0};
  if (rounds_up(r, to.rounding)) {
    whole = whole + one;
  }
  return fit<WORD>(whole, to);
}

}  // namespace burin

#endif
