package org.burin.codegen.netlist;

import java.util.Arrays;
import java.util.List;
import org.burin.fixed.FixedOp.Gather;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Walk;
import org.burin.tensor.Shape;

/// Elements that are chosen by numbers: tables where the elements are constant, else trees of multiplexers.
final class Choices {
  private final NetlistBuilder b;

  Choices(NetlistBuilder b) {
    this.b = b;
  }

  Operand[] gather(Operand[] x, Gather op, Operand[] indices, FixedValue v) {
    Shape shape = v.shape().bind(1);
    Shape source = op.x().shape().bind(1);
    Shape of = op.indices().shape().bind(1);
    int axis = op.axis();
    int[] strides = source.strides();
    int[] indexStrides = of.strides();
    Operand[] y = new Operand[shape.size()];
    for (int i = 0; i < y.length; i++) {
      int[] at = Walk.index(i, shape);
      int which = 0;
      int first = 0;
      for (int k = 0; k < of.rank(); k++) {
        which += at[axis + k] * indexStrides[k];
      }
      for (int k = 0; k < source.rank(); k++) {
        first += k == axis ? 0 : at[k < axis ? k : k + of.rank() - 1] * strides[k];
      }
      Operand[] choices = new Operand[source.dim(axis)];
      for (int p = 0; p < choices.length; p++) {
        choices[p] = x[first + p * strides[axis]];
      }
      y[i] = choose(b.shiftRight(indices[which], op.indices().precision().fraction()), choices);
    }
    return y;
  }

  private Operand choose(Operand index, Operand[] choices) {
    Range range = b.range(index);
    if (range.isConstant()) {
      return choices[(int) range.low()];
    }
    if (Arrays.stream(choices).allMatch(b::isConstant)) {
      Range net = b.netRange(index);
      long[] entries = new long[(int) (net.high() - net.low() + 1)];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = b.value(choices[(int) ((net.low() + i) << index.shift())]);
      }
      return b.table(index, new NetTable("gather", net.low(), entries));
    }
    return tree(index, List.of(choices), Long.SIZE - Long.numberOfLeadingZeros(range.high()));
  }

  /// A choice by the lowest bits of an index.
  private Operand tree(Operand index, List<Operand> choices, int bits) {
    if (bits == 0 || choices.size() == 1) {
      return choices.getFirst();
    }
    int half = 1 << (bits - 1);
    if (choices.size() <= half) {
      return tree(index, choices, bits - 1);
    }
    return b.select(b.bit(index, bits - 1), tree(index, choices.subList(half, choices.size()), bits - 1),
        tree(index, choices.subList(0, half), bits - 1));
  }
}
