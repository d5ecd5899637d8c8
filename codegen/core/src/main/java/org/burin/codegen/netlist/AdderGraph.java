package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.List;

/// A product of a vector with a constant matrix, `y[j] = sum over i of x[i] * m[i][j]`, computed by additions,
/// subtractions and shifts alone.
///
/// Nodes are numbered: first the inputs, then the adders in an order in which every operand comes before its use.
///
/// @param inputs the length of `x`
/// @param adders the additions and subtractions
/// @param outputs for every element of `y` where it is found
public record AdderGraph(int inputs, List<Adder> adders, List<Output> outputs) {
  /// The node of an output that is always 0.
  public static final int ZERO = -1;

  /// Copies the lists and checks that operands come before their use.
  ///
  /// @throws IllegalArgumentException when one does not
  public AdderGraph {
    adders = List.copyOf(adders);
    outputs = List.copyOf(outputs);
    for (int k = 0; k < adders.size(); k++) {
      Adder adder = adders.get(k);
      checkNode(adder.a().node(), inputs + k);
      checkNode(adder.b().node(), inputs + k);
    }
    for (Output output : outputs) {
      if (output.node() != ZERO) {
        checkNode(output.node(), inputs + adders.size());
      }
    }
  }

  private static void checkNode(int node, int end) {
    if (node < 0 || node >= end) {
      throw new IllegalArgumentException("expected a node from 0 to " + (end - 1) + ", found " + node);
    }
  }

  /// A node times `2^shift`.
  public record Term(int node, int shift) {}

  /// `a + b`, or `a - b`. One of the two shifts is 0.
  public record Adder(Term a, Term b, boolean subtract) {}

  /// A node, or [#ZERO], times `2^shift`, negated if asked.
  public record Output(int node, int shift, boolean negated) {}

  /// What a graph takes.
  ///
  /// @param adders additions, subtractions and negations
  /// @param depth the most of them between an input and an output
  /// @param bits the bits of carry chains: of each adder those of its result that are not just copied from an operand
  /// @param luts an estimate of look-up tables of six inputs: one for each of these bits, since a slice adds two bits in
  ///     the two LUTs before its carry chain
  public record Cost(int adders, int depth, long bits, long luts) {}

  /// The matrix, multiplied out again: exact, modulo 2^64.
  ///
  /// @return `[inputs][outputs]`
  public long[][] matrix() {
    long[][] forms = forms();
    long[][] m = new long[inputs][outputs.size()];
    for (int j = 0; j < outputs.size(); j++) {
      Output o = outputs.get(j);
      for (int i = 0; i < inputs; i++) {
        long c = o.node() == ZERO ? 0 : forms[o.node()][i] << o.shift();
        m[i][j] = o.negated() ? -c : c;
      }
    }
    return m;
  }

  private long[][] forms() {
    long[][] forms = new long[inputs + adders.size()][inputs];
    for (int i = 0; i < inputs; i++) {
      forms[i][i] = 1;
    }
    for (int k = 0; k < adders.size(); k++) {
      Adder adder = adders.get(k);
      long[] a = forms[adder.a().node()];
      long[] b = forms[adder.b().node()];
      for (int i = 0; i < inputs; i++) {
        long right = b[i] << adder.b().shift();
        forms[inputs + k][i] = (a[i] << adder.a().shift()) + (adder.subtract() ? -right : right);
      }
    }
    return forms;
  }

  /// The product with a vector, modulo 2^64.
  ///
  /// @throws IllegalArgumentException when the vector has another length
  public long[] apply(long... x) {
    if (x.length != inputs) {
      throw new IllegalArgumentException("expected " + inputs + " numbers, found " + x.length);
    }
    long[] nodes = new long[inputs + adders.size()];
    System.arraycopy(x, 0, nodes, 0, inputs);
    for (int k = 0; k < adders.size(); k++) {
      Adder adder = adders.get(k);
      long a = nodes[adder.a().node()] << adder.a().shift();
      long b = nodes[adder.b().node()] << adder.b().shift();
      nodes[inputs + k] = adder.subtract() ? a - b : a + b;
    }
    return outputs.stream().mapToLong(o -> {
      long y = o.node() == ZERO ? 0 : nodes[o.node()] << o.shift();
      return o.negated() ? -y : y;
    }).toArray();
  }

  /// The number of adders between the inputs and each node.
  public int[] depths() {
    int[] depths = new int[inputs + adders.size()];
    for (int k = 0; k < adders.size(); k++) {
      Adder adder = adders.get(k);
      depths[inputs + k] = 1 + Math.max(depths[adder.a().node()], depths[adder.b().node()]);
    }
    return depths;
  }

  /// What the graph takes for inputs of these ranges.
  ///
  /// @param low the smallest number of each input
  /// @param high the largest number of each input
  public Cost cost(long[] low, long[] high) {
    int[] depths = depths();
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      ranges.add(new Range(low[i], high[i]));
    }
    long bits = 0;
    for (Adder adder : adders) {
      Range a = ranges.get(adder.a().node()).shiftLeft(adder.a().shift());
      Range b = ranges.get(adder.b().node()).shiftLeft(adder.b().shift());
      Range sum = adder.subtract() ? a.minus(b) : a.plus(b);
      ranges.add(sum);
      bits += sum.carryBits(adder.a(), adder.b(), adder.subtract());
    }
    int count = adders.size();
    int depth = 0;
    for (Output o : outputs) {
      if (o.node() != ZERO) {
        depth = Math.max(depth, depths[o.node()] + (o.negated() ? 1 : 0));
        count += o.negated() ? 1 : 0;
        bits += o.negated() ? ranges.get(o.node()).negate().width() : 0;
      }
    }
    return new Cost(count, depth, bits, bits);
  }
}
