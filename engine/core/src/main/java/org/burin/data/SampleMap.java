package org.burin.data;

/// Changes the numbers of one sample of one column. Must be a pure function: it runs again whenever the sample is read.
@FunctionalInterface
public interface SampleMap {
  /// Computes the changed sample.
  ///
  /// @param from holds the sample, from `fromOffset` on
  /// @param to receives the changed sample, from `toOffset` on; never the same array as `from`
  void apply(float[] from, int fromOffset, float[] to, int toOffset);

  /// Turns a class index into `classes` numbers, 1 at the class and 0 elsewhere.
  ///
  /// @throws DataException (when applied) for a number that is not an index from 0 to `classes - 1`
  static SampleMap oneHot(int classes) {
    return (from, fromOffset, to, toOffset) -> {
      float label = from[fromOffset];
      int index = (int) label;
      if (index != label || index < 0 || index >= classes) {
        throw new DataException("expected a class index from 0 to " + (classes - 1) + ", found " + label);
      }
      for (int i = 0; i < classes; i++) {
        to[toOffset + i] = i == index ? 1 : 0;
      }
    };
  }
}
