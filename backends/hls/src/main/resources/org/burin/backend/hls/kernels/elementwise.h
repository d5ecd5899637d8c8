// Functions of one or two numbers, element by element. Results are exact: the type of y holds all that they can be.
#ifndef BURIN_ELEMENTWISE_H
#define BURIN_ELEMENTWISE_H

#include "arrays.h"

namespace burin {

struct add {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a + b);
  }
};

struct subtract {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a - b);
  }
};

struct multiply {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a * b);
  }
};

struct maximum {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return a > b ? Y(a) : Y(b);
  }
};

struct minimum {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return a < b ? Y(a) : Y(b);
  }
};

struct less {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a < b ? 1 : 0);
  }
};

struct less_or_equal {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a <= b ? 1 : 0);
  }
};

struct greater {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a > b ? 1 : 0);
  }
};

struct greater_or_equal {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a >= b ? 1 : 0);
  }
};

struct equal {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a == b ? 1 : 0);
  }
};

struct not_equal {
  template <class Y, class A, class B>
  static Y of(const A &a, const B &b) {
    return Y(a != b ? 1 : 0);
  }
};

// y = a OP b
template <class CONFIG, class A, class B, class Y>
void binary(const A a[], const B b[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    y[i] = CONFIG::function::template of<Y>(element<typename CONFIG::a_type>(a[CONFIG::a_at::at(i)]),
                                            element<typename CONFIG::b_type>(b[CONFIG::b_at::at(i)]));
  }
}

// y = condition != 0 ? a : b
template <class CONFIG, class C, class A, class B, class Y>
void select(const C condition[], const A a[], const B b[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    const typename CONFIG::c_type c = element<typename CONFIG::c_type>(condition[CONFIG::c_at::at(i)]);
    if (c != 0) {
      y[i] = Y(element<typename CONFIG::a_type>(a[CONFIG::a_at::at(i)]));
    } else {
      y[i] = Y(element<typename CONFIG::b_type>(b[CONFIG::b_at::at(i)]));
    }
  }
}

// y = -x
template <class CONFIG, class X, class Y>
void negate(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    y[i] = Y(-element<typename CONFIG::x_type>(x[i]));
  }
}

// y = |x|
template <class CONFIG, class X, class Y>
void absolute(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    const typename CONFIG::x_type v = element<typename CONFIG::x_type>(x[i]);
    if (v < 0) {
      y[i] = Y(-v);
    } else {
      y[i] = Y(v);
    }
  }
}

// y = x * 2^n: the same raw integers with the binary point elsewhere
template <class CONFIG, class X, class Y>
void scale(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    y[i] = from_raw<Y>(raw_integer(element<typename CONFIG::x_type>(x[i])));
  }
}

}  // namespace burin

#endif
