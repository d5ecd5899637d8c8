package org.burin.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A choice of columns of a [CsvFile], in the order in which they are to stand in a sample.
public sealed interface CsvColumns {
  /// Columns by their names in the header.
  ///
  /// @param names at least one name
  record Named(List<String> names) implements CsvColumns {
    /// Copies the names.
    public Named {
      names = List.copyOf(names);
    }
  }

  /// Columns by their positions, which count from 1 as in the messages of a [DataException].
  ///
  /// @param positions at least one position
  record At(List<Integer> positions) implements CsvColumns {
    /// Copies the positions.
    public At {
      positions = List.copyOf(positions);
    }
  }

  /// Every column that no other choice names, in the order of the file.
  record Others() implements CsvColumns {}

  /// The columns with these names.
  static CsvColumns named(String... names) {
    return new Named(Arrays.asList(names));
  }

  /// The columns at these positions, the first being 1.
  static CsvColumns at(int... positions) {
    return new At(Arrays.stream(positions).boxed().toList());
  }

  /// The neighbouring columns `first` to `last`, both included, the first of the file being 1.
  static CsvColumns range(int first, int last) {
    return new At(IntStream.rangeClosed(first, last).boxed().toList());
  }

  /// Every column that no other choice names.
  static CsvColumns others() {
    return new Others();
  }
}
