package org.burin.codegen.netlist;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.burin.codegen.netlist.AdderGraph.Adder;
import org.burin.codegen.netlist.AdderGraph.Output;
import org.burin.codegen.netlist.AdderGraph.Term;

/// Sums of signed terms that become available at different depths, the shallowest ones first (after D. A. Huffman, A
/// Method for the Construction of Minimum-Redundancy Codes, 1952, with depths in the place of weights).
final class AdderTree {
  private AdderTree() {}

  /// A term of a sum.
  ///
  /// @param depth the number of adders before it
  record Leaf(Term term, boolean negative, int depth) {}

  private record Numbered(Leaf leaf, int number) {}

  /// Adds the adders of a sum to a list.
  ///
  /// @param inputs the number of nodes before the first adder of the list
  /// @param depth where the depth of the sum is put, if it has room for it
  static Output sum(List<Leaf> leaves, int inputs, List<Adder> adders, int[] depth) {
    if (leaves.isEmpty()) {
      return new Output(AdderGraph.ZERO, 0, false);
    }
    // Among equals, terms of the same weight first: their sum is narrow.
    PriorityQueue<Numbered> queue = new PriorityQueue<>(Comparator.comparingInt((Numbered n) -> n.leaf().depth())
        .thenComparingInt(n -> n.leaf().term().shift())
        .thenComparingInt(Numbered::number));
    int number = 0;
    for (Leaf leaf : leaves) {
      queue.add(new Numbered(leaf, number++));
    }
    while (queue.size() > 1) {
      Leaf a = queue.remove().leaf();
      Leaf b = queue.remove().leaf();
      queue.add(new Numbered(add(a, b, inputs, adders), number++));
    }
    Leaf last = queue.remove().leaf();
    if (depth.length > 0) {
      depth[0] = last.depth();
    }
    return new Output(last.term().node(), last.term().shift(), last.negative());
  }

  private static Leaf add(Leaf a, Leaf b, int inputs, List<Adder> adders) {
    // The one that is subtracted stands right.
    boolean swap = a.negative() && !b.negative();
    Leaf left = swap ? b : a;
    Leaf right = swap ? a : b;
    int common = Math.min(left.term().shift(), right.term().shift());
    adders.add(new Adder(lowered(left.term(), common), lowered(right.term(), common),
        left.negative() != right.negative()));
    return new Leaf(new Term(inputs + adders.size() - 1, common), left.negative(),
        1 + Math.max(left.depth(), right.depth()));
  }

  private static Term lowered(Term t, int bits) {
    return new Term(t.node(), t.shift() - bits);
  }
}
