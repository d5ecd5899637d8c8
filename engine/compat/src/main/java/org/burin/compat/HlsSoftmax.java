package org.burin.compat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.burin.compat.HlsLayer.Softmax.Implementation;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.tensor.Shape;

/// Softmax over the last axis, by tables that the highest bits of a word address.
///
/// @param expTable the type of the exponentials in the table
/// @param inverseTable the type of the reciprocals in the table
/// @param inverseInput the type of the word that addresses the table of reciprocals
/// @param accumulator the type of exponentials and of their sum
/// @param table the type of all tables of the implementation `legacy`
/// @param tableSize the number of entries; a power of two
/// @param result the type of the layer's result
record HlsSoftmax(FixedGraphBuilder b, FixedType expTable, FixedType inverseTable, FixedType inverseInput,
    FixedType accumulator, FixedType table, int tableSize, FixedType result) {
  FixedValue apply(Implementation implementation, HlsValue x) {
    return switch (implementation) {
      case STABLE -> stable(x);
      case LATENCY -> normalized(exponentials(x.value(), x.type(), size(x.type()), 1), size(x.type()));
      case LEGACY -> legacy(x.value());
      case ARGMAX -> argMax(x.value());
    };
  }

  /// The table is no larger than the words that address it tell apart.
  private int size(FixedType input) {
    return Math.min(tableSize, 1 << Math.min(30, Math.min(input.width(), inverseTable.width())));
  }

  /// The distance from the largest number is brought to the input's type less its sign bit, and wraps where it is half
  /// of the input's range or more.
  private FixedValue stable(HlsValue x) {
    int sign = x.type().signed() ? 1 : 0;
    FixedType distance = FixedType.ufixed(x.type().width() - sign, x.type().integer() - sign);
    int size = Math.min(size(x.type()), 1 << Math.min(30, distance.width()));
    FixedValue d = b.quantize(b.sub(b.reduceMax(x.value(), true, -1), x.value()), distance);
    return normalized(exponentials(d, distance, size, -1), size(x.type()));
  }

  private FixedValue exponentials(FixedValue x, FixedType word, int size, int sign) {
    LookupTable exp = HlsTables.ofWord(
        "exp", size, word, v -> HlsTables.exp((float) (sign * v)), expTable, accumulator);
    return b.lookup(b.quantize(x, HlsTables.address(word, size)), exp);
  }

  private FixedValue normalized(FixedValue exponentials, int entries) {
    int last = exponentials.shape().rank() - 1;
    int n = exponentials.shape().dim(last);
    FixedValue sum = b.quantize(Accumulation.tree(b, exponentials, last, 0, n, accumulator), inverseInput);
    int size = Math.min(entries, 1 << Math.min(30, inverseInput.width()));
    LookupTable inverse = HlsTables.ofWord(
        "reciprocal", size, inverseInput, v -> 1 / (float) v, inverseTable, inverseTable);
    FixedValue reciprocal = b.lookup(b.quantize(sum, HlsTables.address(inverseInput, size)), inverse);
    int[] kept = exponentials.shape().dims();
    kept[last] = 1;
    return b.quantize(b.mul(exponentials, b.reshape(reciprocal, Shape.of(kept))), result);
  }

  /// `1 / sum_j exp(x_j - x_i)`, differences within -8 .. 8, sums within 0 .. 64, all in the type of the tables.
  private FixedValue legacy(FixedValue x) {
    int rank = x.shape().rank();
    int n = x.shape().dim(rank - 1);
    int[] row = Arrays.copyOf(x.shape().dims(), rank + 1);
    row[rank - 1] = 1;
    row[rank] = n;
    int[] column = row.clone();
    column[rank - 1] = n;
    column[rank] = 1;
    FixedValue differences = b.sub(b.reshape(x, Shape.of(row)), b.reshape(x, Shape.of(column)));
    FixedValue index = HlsActivations.index(b, differences, tableSize, 16, tableSize / 2);
    LookupTable exp = HlsTables.of("exp", tableSize, HlsTables.around(8, tableSize),
        v -> HlsTables.exp((float) v), table, table);
    FixedValue terms = b.lookup(index, exp);
    int[] order = IntStream.range(0, n).toArray();
    FixedValue sum = Accumulation.sum(b, b.constant(0, 0), terms, rank, order, table);
    LookupTable inverse = HlsTables.of("reciprocal", tableSize, i -> 64.0 * i / (float) tableSize,
        v -> v > 0 ? 1.0 / (float) v : 0, table, result);
    return b.lookup(HlsActivations.index(b, sum, tableSize, 64, 0), inverse);
  }

  private FixedValue argMax(FixedValue x) {
    int[] dims = x.shape().dims();
    int n = dims[dims.length - 1];
    dims[dims.length - 1] = 1;
    FixedValue position = b.reshape(b.argMax(x, -1), Shape.of(dims));
    FixedValue positions =
        b.constant(FixedTensor.of(Shape.of(n), 0, IntStream.range(0, n).asLongStream().toArray()));
    return b.quantize(b.compare(Comparison.EQ, position, positions), result);
  }
}
