package org.burin.transport;

/// Measures one behind the other in an array.
///
/// @param length of the array
/// @param sites of each measure
/// @param copy reads one measure from a position of the array on
record FlatMeasures(int length, int sites, Copy copy) implements Measures {
  interface Copy {
    void apply(int from, double[] to);
  }

  FlatMeasures {
    if (sites < 1 || length % sites != 0) {
      throw new IllegalArgumentException(length + " masses do not make measures of " + sites + " sites");
    }
  }

  @Override
  public int count() {
    return length / sites;
  }

  @Override
  public void read(int index, double[] masses) {
    copy.apply(index * sites, masses);
  }
}
