package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.burin.codegen.netlist.AdderGraphs.Problem;
import org.burin.codegen.netlist.AdderGraphs.Solution;

/// Looks for graphs with fewer adders: other trees, and other signed digits of single coefficients.
///
/// A coefficient may take any form with one digit more than the canonical one; a form that shares a pair with others may
/// cost less than a shorter one. A change is kept if the graph does not become larger. Where nothing was gained for a
/// while, another tree is tried.
final class AdderSearch {
  /// Rounds in which a tree has to gain something, for every coefficient.
  private static final int PATIENCE = 12;

  /// How much distances and worths differ at random.
  private static final float NOISE = 3;
  private static final float WORTH_NOISE = 0.3f;

  private final Problem problem;
  private final int limit;
  private final RandomGenerator random;
  private final Map<Long, List<SignedDigits>> forms = new HashMap<>();

  private AdderSearch(Problem problem, int limit, long seed) {
    this.problem = problem;
    this.limit = limit;
    random = AdderGraphs.random(seed);
  }

  static Solution improve(Problem problem, Solution first, int limit, AdderOptions options) {
    return new AdderSearch(problem, limit, options.seed()).run(first, options.rounds());
  }

  private Solution run(Solution first, int rounds) {
    Solution best = first;
    int coefficients = problem.columns().length * problem.low().length;
    for (int round = 0; round < rounds;) {
      Climb climb = new Climb(round == 0 ? 0 : NOISE);
      int left = Math.min(rounds - round, Math.max(20, PATIENCE * coefficients));
      round += climb.run(left, coefficients);
      if (climb.best.adders() < best.adders()) {
        best = climb.best;
      }
    }
    return best;
  }

  /// A search with one tree.
  private final class Climb {
    private final ColumnTree.Bounds bounds;
    private final ColumnTree tree;
    private final List<SignedDigits[]> now = new ArrayList<>();
    private Solution best;
    private long noiseSeed;

    Climb(float noise) {
      int levels = limit >= CommonPairs.UNLIMITED ? Integer.MAX_VALUE : random.nextInt(Math.min(limit, 3) + 1);
      bounds = new ColumnTree.Bounds(noise, random, levels, limit);
      tree = ColumnTree.of(problem.columns(), bounds);
      for (int j = 0; j < problem.columns().length; j++) {
        now.add(AdderGraphs.canonical(tree.difference(problem.columns(), j)));
      }
      best = solve();
    }

    /// Goes on until nothing is gained for a while; the number of graphs that were made.
    int run(int rounds, int coefficients) {
      int since = 0;
      int done = 1;
      for (; done < rounds && since < PATIENCE * coefficients; done++) {
        int before = best.adders();
        step();
        since = best.adders() < before ? 0 : since + 1;
      }
      return done;
    }

    private void step() {
      if (random.nextInt(8) == 0) {
        long old = noiseSeed;
        noiseSeed = random.nextLong();
        accept(() -> noiseSeed = old);
        return;
      }
      List<Runnable> undo = new ArrayList<>();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        SignedDigits[] column = now.get(random.nextInt(now.size()));
        int i = random.nextInt(column.length);
        SignedDigits old = column[i];
        List<SignedDigits> choices = forms.computeIfAbsent(old.value(), AdderSearch::forms);
        column[i] = choices.get(random.nextInt(choices.size()));
        undo.add(() -> column[i] = old);
      }
      accept(() -> undo.reversed().forEach(Runnable::run));
    }

    private void accept(Runnable undo) {
      Solution s = solve();
      if (s.adders() <= best.adders()) {
        best = s;
      } else {
        undo.run();
      }
    }

    private Solution solve() {
      return AdderGraphs.solve(problem, tree, bounds, now, noiseSeed == 0 ? 0 : WORTH_NOISE, noiseSeed);
    }
  }

  /// All forms of a number with at most one digit more than the canonical one.
  private static List<SignedDigits> forms(long n) {
    List<SignedDigits> found = new ArrayList<>();
    int places = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(n)) + 1;
    forms(n, 0, places, SignedDigits.count(n) + 1, new SignedDigits(0, 0), found);
    return found;
  }

  private static void forms(long rest, int place, int places, int digits, SignedDigits soFar, List<SignedDigits> to) {
    if (rest == 0) {
      to.add(soFar);
      return;
    }
    if (place >= places || SignedDigits.count(rest) > digits) {
      return;
    }
    if ((rest & 1) == 0) {
      forms(rest >> 1, place + 1, places, digits, soFar, to);
      return;
    }
    long bit = 1L << place;
    forms((rest - 1) >> 1, place + 1, places, digits - 1,
        new SignedDigits(soFar.positive() | bit, soFar.negative()), to);
    forms((rest + 1) >> 1, place + 1, places, digits - 1,
        new SignedDigits(soFar.positive(), soFar.negative() | bit), to);
  }
}
