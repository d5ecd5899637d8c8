// Elements of arrays: how they are read, and which of them belongs to an element of another array.
#ifndef BURIN_ARRAYS_H
#define BURIN_ARRAYS_H

#include "numbers.h"

// Arrays between layers. In simulation they are too large for a stack.
#ifdef __SYNTHESIS__
#define BURIN_LOCAL
#else
#define BURIN_LOCAL static
#endif

namespace burin {

// An element of an array of numbers, or of an array of raw integers, which is how constants are stored.
template <class T>
const T &element(const T &x) {
  return x;
}

template <class T>
T element(long long raw) {
  return from_long<T>(raw);
}

// Axes from the outermost to the innermost, each as its extent and the distance of its elements in the array; elements
// along an axis of distance 0 repeat.
template <unsigned... AXES>
struct axes;

template <>
struct axes<> {
  static constexpr unsigned size = 1;
  static constexpr unsigned at(unsigned) { return 0; }
};

template <unsigned EXTENT, unsigned DISTANCE, unsigned... REST>
struct axes<EXTENT, DISTANCE, REST...> {
  static constexpr unsigned size = EXTENT * axes<REST...>::size;
  static constexpr unsigned at(unsigned e) {
    return e / axes<REST...>::size * DISTANCE + axes<REST...>::at(e % axes<REST...>::size);
  }
};

// Where element e of a row-major walk over these axes lies in an array.
template <unsigned FIRST, unsigned... AXES>
struct view {
  static constexpr unsigned at(unsigned e) { return FIRST + axes<AXES...>::at(e); }
};

// The same element.
struct same {
  static constexpr unsigned at(unsigned e) { return e; }
};

// One element for all.
struct scalar {
  static constexpr unsigned at(unsigned) { return 0; }
};

}  // namespace burin

#endif
