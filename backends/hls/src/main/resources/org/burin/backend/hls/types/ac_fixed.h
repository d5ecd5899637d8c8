// ac_fixed and ac_int for simulation with a plain C++ compiler, as far as the generated code uses them.
#ifndef BURIN_AC_FIXED_H
#define BURIN_AC_FIXED_H

#include "number.h"

enum ac_q_mode {
  AC_TRN = burin::TRN,
  AC_TRN_ZERO = burin::TRN_ZERO,
  AC_RND = burin::RND,
  AC_RND_ZERO = burin::RND_ZERO,
  AC_RND_INF = burin::RND_INF,
  AC_RND_MIN_INF = burin::RND_MIN_INF,
  AC_RND_CONV = burin::RND_CONV,
  AC_RND_CONV_ODD = burin::RND_CONV_ODD
};

enum ac_o_mode {
  AC_WRAP = burin::WRAP,
  AC_SAT = burin::SAT,
  AC_SAT_ZERO = burin::SAT_ZERO,
  AC_SAT_SYM = burin::SAT_SYM
};

template <int W, int I, bool S = true, ac_q_mode Q = AC_TRN, ac_o_mode O = AC_WRAP>
using ac_fixed = burin::number<W, I, S, Q, O>;

template <int W, bool S = true>
using ac_int = burin::number<W, W, S, burin::TRN, burin::WRAP>;

#endif
