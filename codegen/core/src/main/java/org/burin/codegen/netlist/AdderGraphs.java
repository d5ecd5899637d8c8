package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.codegen.netlist.AdderGraph.Adder;
import org.burin.codegen.netlist.AdderGraph.Output;
import org.burin.codegen.netlist.AdderGraph.Term;

/// Finds [AdderGraph]s with few adders.
///
/// Columns become differences along a [ColumnTree], differences signed digits, and pairs of digits that occur more than
/// once expressions of their own ([CommonPairs]). With `rounds`, an [AdderSearch] goes on from there. Every graph is
/// multiplied out and compared with the matrix.
public final class AdderGraphs {
  /// Pairs of digits that are counted at once; matrices with more are cut into groups of inputs.
  private static final long MOST_PAIRS = 1_000_000;

  private AdderGraphs() {}

  /// A graph for a matrix `[inputs][outputs]` and inputs of eight bits.
  public static AdderGraph solve(long[][] matrix, AdderOptions options) {
    long[] high = new long[matrix.length];
    Arrays.fill(high, 255);
    return solve(matrix, new long[matrix.length], high, options);
  }

  /// A graph for a matrix and inputs of these ranges, which decide how much a pair of digits is worth.
  ///
  /// @param matrix `[inputs][outputs]`, of numbers of at most 60 bits
  /// @param low the smallest number of each input
  /// @param high the largest number of each input
  /// @throws IllegalArgumentException when a number of the matrix has more bits
  public static AdderGraph solve(long[][] matrix, long[] low, long[] high, AdderOptions options) {
    for (long[] row : matrix) {
      for (long x : row) {
        if (Math.abs(x) >= 1L << 60) {
          throw new IllegalArgumentException("expected numbers of at most 60 bits, found " + x);
        }
      }
    }
    AdderGraph graph;
    if (matrix.length > 1 && pairs(matrix) > MOST_PAIRS) {
      graph = inHalves(matrix, low, high, options);
    } else {
      Problem problem = Problem.of(matrix, low, high);
      int limit = options.extraDepth() < 0 ? CommonPairs.UNLIMITED : problem.leastDepth() + options.extraDepth();
      Solution first = first(problem, limit);
      graph = (options.rounds() > 0 ? AdderSearch.improve(problem, first, limit, options) : first).graph();
    }
    check(graph, matrix);
    return graph;
  }

  private static void check(AdderGraph graph, long[][] matrix) {
    if (!Arrays.deepEquals(graph.matrix(), matrix)) {
      throw new IllegalStateException("an adder graph does not compute its matrix " + Arrays.deepToString(matrix));
    }
  }

  private static long pairs(long[][] matrix) {
    long pairs = 0;
    for (int j = 0; j < matrix[0].length; j++) {
      long digits = 0;
      for (long[] row : matrix) {
        digits += SignedDigits.count(row[j]);
      }
      pairs += digits * digits / 2;
    }
    return pairs;
  }

  /// The sum of the graphs of the first and the second half of the inputs.
  private static AdderGraph inHalves(long[][] matrix, long[] low, long[] high, AdderOptions options) {
    int half = matrix.length / 2;
    int n = matrix.length;
    AdderGraph a = solve(Arrays.copyOf(matrix, half), Arrays.copyOf(low, half), Arrays.copyOf(high, half), options);
    AdderGraph b = solve(Arrays.copyOfRange(matrix, half, n), Arrays.copyOfRange(low, half, n),
        Arrays.copyOfRange(high, half, n), options);
    List<Adder> adders = new ArrayList<>();
    for (Adder adder : a.adders()) {
      adders.add(new Adder(moved(adder.a(), half, 0, n - half), moved(adder.b(), half, 0, n - half),
          adder.subtract()));
    }
    int second = a.adders().size();
    for (Adder adder : b.adders()) {
      adders.add(new Adder(moved(adder.a(), n - half, half, half + second),
          moved(adder.b(), n - half, half, half + second), adder.subtract()));
    }
    List<Output> outputs = new ArrayList<>();
    for (int j = 0; j < a.outputs().size(); j++) {
      List<AdderTree.Leaf> leaves = new ArrayList<>();
      leaf(a.outputs().get(j), half, 0, n - half).ifPresent(leaves::add);
      leaf(b.outputs().get(j), n - half, half, half + second).ifPresent(leaves::add);
      outputs.add(AdderTree.sum(leaves, n, adders, new int[] {}));
    }
    return new AdderGraph(n, adders, outputs);
  }

  private static Term moved(Term t, int inputs, int inputOffset, int adderOffset) {
    return new Term(t.node() + (t.node() < inputs ? inputOffset : adderOffset), t.shift());
  }

  private static Optional<AdderTree.Leaf> leaf(Output o, int inputs, int inputOffset, int adderOffset) {
    return o.node() == AdderGraph.ZERO ? Optional.empty()
        : Optional.of(new AdderTree.Leaf(moved(new Term(o.node(), o.shift()), inputs, inputOffset, adderOffset),
            o.negated(), 0));
  }

  /// A matrix by columns, each without its common powers of two.
  ///
  /// @param columns `[outputs][inputs]`
  /// @param shifts the powers of two taken out of each column
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Problem(long[][] columns, int[] shifts, long[] low, long[] high) {
    static Problem of(long[][] matrix, long[] low, long[] high) {
      int outputs = matrix.length == 0 ? 0 : matrix[0].length;
      long[][] columns = new long[outputs][matrix.length];
      int[] shifts = new int[outputs];
      for (int j = 0; j < outputs; j++) {
        long all = 0;
        for (long[] row : matrix) {
          all |= row[j];
        }
        shifts[j] = all == 0 ? 0 : Long.numberOfTrailingZeros(all);
        for (int i = 0; i < matrix.length; i++) {
          columns[j][i] = matrix[i][j] >> shifts[j];
        }
      }
      return new Problem(columns, shifts, low, high);
    }

    int leastDepth() {
      int depth = 0;
      for (long[] column : columns) {
        int digits = 0;
        for (long x : column) {
          digits += SignedDigits.count(x);
        }
        depth = Math.max(depth, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, digits - 1)));
      }
      return depth;
    }
  }

  /// A graph with what it was found by.
  record Solution(AdderGraph graph, int adders) {
    Solution(AdderGraph graph) {
      this(graph, graph.adders().size() + (int) graph.outputs().stream().filter(Output::negated).count());
    }
  }

  /// The best of the deterministic ones.
  private static Solution first(Problem problem, int limit) {
    if (limit >= CommonPairs.UNLIMITED) {
      return solve(problem, new ColumnTree.Bounds(0, random(0), Integer.MAX_VALUE, limit), 0, 0);
    }
    Solution best = null;
    for (int levels = 0; levels <= Math.min(limit, 3); levels++) {
      Solution s = solve(problem, new ColumnTree.Bounds(0, random(0), levels, limit), 0, 0);
      if (best == null || s.adders() < best.adders()) {
        best = s;
      }
    }
    return Objects.requireNonNull(best);
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static Solution solve(Problem problem, ColumnTree.Bounds bounds, float noise, long seed) {
    ColumnTree tree = ColumnTree.of(problem.columns(), bounds);
    List<SignedDigits[]> forms = new ArrayList<>();
    for (int j = 0; j < problem.columns().length; j++) {
      forms.add(canonical(tree.difference(problem.columns(), j)));
    }
    return solve(problem, tree, bounds, forms, noise, seed);
  }

  static SignedDigits[] canonical(long[] column) {
    return Arrays.stream(column).mapToObj(SignedDigits::of).toArray(SignedDigits[]::new);
  }

  /// The graph that belongs to a tree and to forms of the differences of its columns.
  static Solution solve(Problem problem, ColumnTree tree, ColumnTree.Bounds bounds, List<SignedDigits[]> forms,
      float noise, long seed) {
    int inputs = problem.low().length;
    List<DigitRow> rows = new ArrayList<>();
    int[] limits = new int[forms.size()];
    long[] loads = new long[forms.size()];
    for (int j = 0; j < forms.size(); j++) {
      DigitRow row = new DigitRow();
      for (int i = 0; i < inputs; i++) {
        row.add(i, forms.get(j)[i]);
      }
      rows.add(row);
      limits[j] = bounds.limit(tree.level()[j]);
      boolean linked = tree.parent()[j] >= 0 && limits[j] < CommonPairs.UNLIMITED;
      loads[j] = linked ? 1L << bounds.limit(tree.level()[j] - 1) : 0;
    }
    CommonPairs pairs = new CommonPairs(problem.low(), problem.high(), rows, limits, loads, noise, seed);
    pairs.run();
    return assemble(problem, tree, rows, pairs);
  }

  /// Adds up what is left of each row.
  private static Solution assemble(Problem problem, ColumnTree tree, List<DigitRow> rows, CommonPairs pairs) {
    int inputs = problem.low().length;
    List<Adder> adders = new ArrayList<>(pairs.adders());
    int[] depths = new int[inputs + adders.size()];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = pairs.depth(i);
    }
    Output[] outputs = new Output[rows.size()];
    int[] outputDepths = new int[rows.size()];
    for (int j : tree.order()) {
      List<AdderTree.Leaf> leaves = new ArrayList<>();
      DigitRow row = rows.get(j);
      for (int i = 0; i < row.count(); i++) {
        int digit = row.get(i);
        leaves.add(new AdderTree.Leaf(new Term(DigitRow.expression(digit), DigitRow.shift(digit)),
            DigitRow.negative(digit), depths[DigitRow.expression(digit)]));
      }
      int parent = tree.parent()[j];
      if (parent >= 0 && outputs[parent].node() != AdderGraph.ZERO) {
        Output o = outputs[parent];
        leaves.add(new AdderTree.Leaf(new Term(o.node(), o.shift()), o.negated() != tree.sign()[j] < 0,
            outputDepths[parent]));
      }
      int[] depth = new int[1];
      outputs[j] = AdderTree.sum(leaves, inputs, adders, depth);
      outputDepths[j] = depth[0];
    }
    for (int j = 0; j < outputs.length; j++) {
      Output o = outputs[j];
      outputs[j] = new Output(o.node(), o.node() == AdderGraph.ZERO ? 0 : o.shift() + problem.shifts()[j],
          o.negated());
    }
    return new Solution(new AdderGraph(inputs, adders, List.of(outputs)));
  }
}
