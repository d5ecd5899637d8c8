package org.burin.data;

import java.util.ArrayList;
import java.util.List;

/// Readers of several datasets, opened and closed together.
final class Readers {
  private final List<Dataset.Reader> readers = new ArrayList<>();

  private Readers() {}

  static Readers open(List<Dataset> parts) {
    Readers all = new Readers();
    try {
      for (Dataset part : parts) {
        all.readers.add(part.open());
      }
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  Dataset.Reader get(int i) {
    return readers.get(i);
  }

  void close() {
    for (Dataset.Reader reader : readers) {
      reader.close();
    }
  }
}
