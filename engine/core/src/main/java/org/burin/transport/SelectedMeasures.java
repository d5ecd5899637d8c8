package org.burin.transport;

/// Some measures of others.
///
/// @param of the others
/// @param indices which; nobody writes it
@SuppressWarnings("ArrayRecordComponent") // never compared
record SelectedMeasures(Measures of, int[] indices) implements Measures {
  @Override
  public int count() {
    return indices.length;
  }

  @Override
  public int sites() {
    return of.sites();
  }

  @Override
  public void read(int index, double[] masses) {
    of.read(indices[index], masses);
  }
}
