// ap_fixed and ap_int for simulation with a plain C++ compiler, as far as the generated code uses them.
#ifndef BURIN_AP_FIXED_H
#define BURIN_AP_FIXED_H

#include "number.h"

enum ap_q_mode {
  AP_TRN = burin::TRN,
  AP_TRN_ZERO = burin::TRN_ZERO,
  AP_RND = burin::RND,
  AP_RND_ZERO = burin::RND_ZERO,
  AP_RND_INF = burin::RND_INF,
  AP_RND_MIN_INF = burin::RND_MIN_INF,
  AP_RND_CONV = burin::RND_CONV
};

enum ap_o_mode {
  AP_WRAP = burin::WRAP,
  AP_SAT = burin::SAT,
  AP_SAT_ZERO = burin::SAT_ZERO,
  AP_SAT_SYM = burin::SAT_SYM
};

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP>
using ap_fixed = burin::number<W, I, true, Q, O>;

template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP>
using ap_ufixed = burin::number<W, I, false, Q, O>;

template <int W>
using ap_int = burin::number<W, W, true, burin::TRN, burin::WRAP>;

#endif
