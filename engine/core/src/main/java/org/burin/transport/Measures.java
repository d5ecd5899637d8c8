package org.burin.transport;

/// A list of measures: so many masses on the same sites each.
///
/// Several threads may read at the same time.
public interface Measures {
  /// Number of measures.
  int count();

  /// Number of sites.
  int sites();

  /// Copies the masses of one measure.
  ///
  /// @param index 0 to `count() - 1`
  /// @param masses takes one number for each site
  void read(int index, double[] masses);

  /// Measures that lie one behind the other in an array, which is not copied.
  ///
  /// @throws IllegalArgumentException when the array is no multiple of the number of sites long
  static Measures of(double[] masses, int sites) {
    return new FlatMeasures(masses.length, sites, (from, to) -> System.arraycopy(masses, from, to, 0, sites));
  }

  /// Measures that lie one behind the other in an array, which is not copied.
  ///
  /// @throws IllegalArgumentException when the array is no multiple of the number of sites long
  static Measures of(float[] masses, int sites) {
    return new FlatMeasures(masses.length, sites, (from, to) -> {
      for (int i = 0; i < sites; i++) {
        to[i] = masses[from + i];
      }
    });
  }

  /// The measures with these numbers, in this order.
  ///
  /// @throws IllegalArgumentException when there is no measure of one of these numbers
  default Measures select(int... indices) {
    for (int i : indices) {
      if (i < 0 || i >= count()) {
        throw new IllegalArgumentException("there is no measure " + i + " among " + count());
      }
    }
    return new SelectedMeasures(this, indices.clone());
  }
}
