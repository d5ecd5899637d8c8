package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.burin.codegen.netlist.AdderGraph.Adder;
import org.burin.codegen.netlist.AdderGraph.Term;

/// Common sub-expression elimination over sums of signed powers of two: the pair of digits that is worth most, over all
/// rows, becomes an expression of its own, until no pair occurs twice.
///
/// The worth of a pair is the number of adders that it saves times the bits in which the two numbers overlap (C. Sun et
/// al., da4ml: Distributed Arithmetic for Real-time Neural Networks on FPGAs, arXiv 2507.04535, section 4), and a
/// constant that lets the number weigh more.
///
/// Where depth is limited, every row has a budget: digits of depths d1, d2, ... can be added up in `limit` levels if and
/// only if the sum of `2^d` is at most `2^limit` (Kraft's inequality). A pair is replaced only in rows that keep it.
final class CommonPairs {
  /// Limits of 2^62 and more are none.
  static final int UNLIMITED = 62;

  private static final int COUNT_WEIGHT = 11;

  private final int inputs;
  private final List<Adder> adders = new ArrayList<>();
  private final List<DigitRow> rows;
  private final int[] limits;
  private final long[] loads;
  private final PairCounts counts;
  private long[] low;
  private long[] high;
  private int[] depths;

  /// @param rows changed by [#run]
  /// @param loads for every row what it holds beside its digits, as a sum of `2^depth`; changed
  /// @param noise how much weights differ at random, 0 for not at all
  CommonPairs(long[] inputLow, long[] inputHigh, List<DigitRow> rows, int[] limits, long[] loads, float noise,
      long seed) {
    inputs = inputLow.length;
    this.rows = rows;
    this.limits = limits;
    this.loads = loads;
    low = Arrays.copyOf(inputLow, 2 * inputs + 64);
    high = Arrays.copyOf(inputHigh, low.length);
    depths = new int[low.length];
    long pairs = 0;
    for (int r = 0; r < rows.size(); r++) {
      loads[r] += rows.get(r).count();
      pairs += (long) rows.get(r).count() * rows.get(r).count() / 2;
    }
    counts = new PairCounts((int) Math.min(1 << 22, pairs), (e0, e1, distance, subtract) -> {
      float w = overlap(e0, e1, distance);
      return noise == 0 ? w : w * (1 + noise * random(PairCounts.key(e0, e1, distance, subtract), seed));
    });
  }

  /// A number from -1 to 1 that depends on a pair and a seed.
  private static float random(long key, long seed) {
    long z = (key + seed) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 29)) * 0x94D049BB133111EBL;
    return (z >> 39) * 0x1p-24f;
  }

  /// The bits in which the two numbers of a pair overlap.
  private float overlap(int e0, int e1, int distance) {
    int top0 = bits(low[e0], high[e0]);
    int top1 = bits(low[e1], high[e1]) + distance;
    return Math.max(0, Math.min(top0, top1) - Math.max(0, distance)) + COUNT_WEIGHT;
  }

  private static int bits(long l, long h) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(h, ~l));
  }

  /// Replaces pairs until none occurs twice.
  void run() {
    for (DigitRow row : rows) {
      for (int i = 1; i < row.count(); i++) {
        for (int j = 0; j < i; j++) {
          count(row.get(i), row.get(j), 1);
        }
      }
    }
    for (long best = counts.best(); best != 0; best = counts.best()) {
      if (occurrences(best) < 2) {
        counts.ban(best);
      } else {
        replace(best);
      }
    }
  }

  /// The expressions that were found, as adders.
  List<Adder> adders() {
    return adders;
  }

  /// The number of adders between the inputs and an expression.
  int depth(int expression) {
    return depths[expression];
  }

  private void count(int p, int q, int change) {
    boolean swap = DigitRow.expression(p) > DigitRow.expression(q)
        || (DigitRow.expression(p) == DigitRow.expression(q) && DigitRow.shift(p) > DigitRow.shift(q));
    int first = swap ? q : p;
    int second = swap ? p : q;
    counts.add(PairCounts.key(DigitRow.expression(first), DigitRow.expression(second),
        DigitRow.shift(second) - DigitRow.shift(first), DigitRow.negative(first) != DigitRow.negative(second)), change);
  }

  /// The number of occurrences that do not overlap, in rows that may replace them.
  private int occurrences(long pair) {
    int found = 0;
    for (int r = 0; r < rows.size(); r++) {
      found += new Occurrences(rows.get(r), pair).countWithin(budget(r, pair));
    }
    return found;
  }

  /// How many occurrences a row can replace without exceeding its depth.
  private long budget(int r, long pair) {
    if (limits[r] >= UNLIMITED) {
      return Long.MAX_VALUE;
    }
    int d0 = depths[PairCounts.first(pair)];
    int d1 = depths[PairCounts.second(pair)];
    long more = (2L << Math.max(d0, d1)) - (1L << d0) - (1L << d1);
    return more == 0 ? Long.MAX_VALUE : ((1L << limits[r]) - loads[r]) / more;
  }

  private void replace(long pair) {
    int e0 = PairCounts.first(pair);
    int e1 = PairCounts.second(pair);
    int distance = PairCounts.distance(pair);
    int expression = define(e0, e1, distance, PairCounts.subtract(pair));
    int back = Math.min(0, distance);
    for (int r = 0; r < rows.size(); r++) {
      DigitRow row = rows.get(r);
      Occurrences found = new Occurrences(row, pair);
      for (long left = budget(r, pair); left > 0 && found.next(); left--) {
        int p = row.get(found.first);
        take(row, Math.max(found.first, found.second));
        take(row, Math.min(found.first, found.second));
        put(row, DigitRow.digit(expression, DigitRow.shift(p) + back, DigitRow.negative(p)));
        if (limits[r] < UNLIMITED) {
          loads[r] += (1L << depths[expression]) - (1L << depths[e0]) - (1L << depths[e1]);
        }
        found.restart();
      }
    }
  }

  private int define(int e0, int e1, int distance, boolean subtract) {
    int expression = inputs + adders.size();
    if (expression == low.length) {
      low = Arrays.copyOf(low, 2 * expression);
      high = Arrays.copyOf(high, 2 * expression);
      depths = Arrays.copyOf(depths, 2 * expression);
    }
    int s0 = Math.max(0, -distance);
    int s1 = Math.max(0, distance);
    adders.add(new Adder(new Term(e0, s0), new Term(e1, s1), subtract));
    long l1 = subtract ? -high[e1] : low[e1];
    long h1 = subtract ? -low[e1] : high[e1];
    low[expression] = (low[e0] << s0) + (l1 << s1);
    high[expression] = (high[e0] << s0) + (h1 << s1);
    depths[expression] = 1 + Math.max(depths[e0], depths[e1]);
    return expression;
  }

  private void take(DigitRow row, int at) {
    int digit = row.get(at);
    row.remove(at);
    for (int i = 0; i < row.count(); i++) {
      count(digit, row.get(i), -1);
    }
  }

  private void put(DigitRow row, int digit) {
    for (int i = 0; i < row.count(); i++) {
      count(digit, row.get(i), 1);
    }
    row.add(digit);
  }

  /// Walks over the occurrences of a pair in a row.
  private static final class Occurrences {
    private final DigitRow row;
    private final int e0;
    private final int e1;
    private final int distance;
    private final boolean subtract;
    private int at;
    private int first;
    private int second;

    Occurrences(DigitRow row, long pair) {
      this.row = row;
      e0 = PairCounts.first(pair);
      e1 = PairCounts.second(pair);
      distance = PairCounts.distance(pair);
      subtract = PairCounts.subtract(pair);
    }

    /// Looks from the row's begin again.
    void restart() {
      at = 0;
    }

    boolean next() {
      for (; at < row.count(); at++) {
        int p = row.get(at);
        int shift = DigitRow.shift(p) + distance;
        if (DigitRow.expression(p) == e0 && shift >= 0) {
          second = row.find(DigitRow.digit(e1, shift, DigitRow.negative(p) != subtract));
          if (second >= 0) {
            first = at++;
            return true;
          }
        }
      }
      return false;
    }

    /// The number of occurrences that do not overlap, at most `most`.
    int countWithin(long most) {
      boolean[] taken = new boolean[row.count()];
      int found = 0;
      while (found < most && next()) {
        if (!taken[first] && !taken[second]) {
          taken[first] = true;
          taken[second] = true;
          found++;
        }
      }
      return found;
    }
  }
}
