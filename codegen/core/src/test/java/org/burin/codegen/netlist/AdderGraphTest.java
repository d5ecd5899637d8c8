package org.burin.codegen.netlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.burin.codegen.netlist.AdderGraph.Adder;
import org.burin.codegen.netlist.AdderGraph.Cost;
import org.burin.codegen.netlist.AdderGraph.Output;
import org.burin.codegen.netlist.AdderGraph.Term;
import org.junit.jupiter.api.Test;

class AdderGraphTest {
  private final RandomGenerator random = AdderGraphs.random(11);

  private long[][] draw(int inputs, int outputs, int bits) {
    long[][] m = new long[inputs][outputs];
    for (long[] row : m) {
      Arrays.setAll(row, i -> random.nextInt(4) == 0 ? 0 : random.nextLong(-(1L << bits), 1L << bits));
    }
    return m;
  }

  private static double meanAdders(int n, int draws, AdderOptions options) {
    RandomGenerator entries = AdderGraphs.random(7);
    double sum = 0;
    for (int k = 0; k < draws; k++) {
      long[][] m = new long[n][n];
      for (long[] row : m) {
        Arrays.setAll(row, i -> entries.nextInt(129, 256));
      }
      sum += AdderGraphs.solve(m, options).adders().size();
    }
    return sum / draws;
  }

  @Test
  void computesItsMatrix() {
    for (int k = 0; k < 150; k++) {
      long[][] m = draw(random.nextInt(1, 9), random.nextInt(1, 9), random.nextInt(1, 12));
      AdderOptions options = new AdderOptions(random.nextInt(-1, 4), random.nextInt(3), k);
      AdderGraph graph = AdderGraphs.solve(m, options);
      assertThat(graph.matrix()).isDeepEqualTo(m);
      long[] x = LongStream.generate(() -> random.nextLong(-1000, 1000)).limit(m.length).toArray();
      long[] expected = new long[m[0].length];
      for (int i = 0; i < m.length; i++) {
        for (int j = 0; j < expected.length; j++) {
          expected[j] += x[i] * m[i][j];
        }
      }
      assertThat(graph.apply(x)).isEqualTo(expected);
    }
  }

  @Test
  void equalOppositeAndShiftedColumnsShareAdders() {
    AdderGraph graph = AdderGraphs.solve(new long[][] {{3, 3, -3, 12, 0}, {5, 5, -5, 20, 0}}, AdderOptions.FAST);
    assertThat(graph.adders()).hasSizeLessThanOrEqualTo(3);
    assertThat(graph.outputs()).hasSize(5).last().isEqualTo(new Output(AdderGraph.ZERO, 0, false));
  }

  @Test
  void depthIsLimited() {
    for (int k = 0; k < 15; k++) {
      long[][] m = draw(8, 6, 8);
      int least = AdderGraphs.Problem.of(m, new long[8], new long[8]).leastDepth();
      for (int extra = 0; extra < 3; extra++) {
        AdderGraph graph = AdderGraphs.solve(m, new AdderOptions(extra, 3, 1));
        assertThat(Arrays.stream(graph.depths()).max().orElse(0)).isLessThanOrEqualTo(least + extra);
      }
    }
  }

  @Test
  void meansArePublishedOnesOrBetter() {
    // Published for da4ml (arXiv 2507.04535, table 2) over 1000 draws: 29.2, 98.1, 343.2.
    assertThat(meanAdders(4, 200, AdderOptions.FAST)).isLessThan(29.2);
    assertThat(meanAdders(8, 60, AdderOptions.FAST)).isLessThan(98.1);
    assertThat(meanAdders(16, 30, AdderOptions.FAST)).isLessThan(343.2);
  }

  @Test
  void searchFindsSmallerGraphs() {
    assertThat(meanAdders(4, 10, AdderOptions.search(1500))).isLessThan(27.5);
  }

  @Test
  void searchGivesTheSameGraphEveryTime() {
    long[][] m = draw(6, 6, 8);
    assertThat(AdderGraphs.solve(m, AdderOptions.search(100))).isEqualTo(AdderGraphs.solve(m, AdderOptions.search(100)));
  }

  @Test
  void largeMatricesAreCutIntoGroupsOfInputs() {
    long[][] m = draw(400, 6, 8);
    assertThat(AdderGraphs.solve(m, AdderOptions.FAST).matrix()).isDeepEqualTo(m);
  }

  @Test
  void costCountsCarryBitsDepthAndNegations() {
    AdderGraph graph = new AdderGraph(2, List.of(
        new Adder(new Term(0, 0), new Term(1, 2), false),
        new Adder(new Term(2, 0), new Term(0, 3), true)), List.of(new Output(3, 1, true)));
    // 0..15 + 4 * 0..15 is 0..75, of which two bits are copied; minus 8 * 0..15 is -120..75, of eight bits, three copied;
    // its opposite, -75..120, has eight.
    assertThat(graph.cost(new long[2], new long[] {15, 15})).isEqualTo(new Cost(3, 3, 5 + 5 + 8, 18));
    assertThat(graph.matrix()).isDeepEqualTo(new long[][] {{14}, {-8}});
  }

  @Test
  void operandsComeBeforeTheirUse() {
    assertThatThrownBy(() -> new AdderGraph(1, List.of(new Adder(new Term(0, 0), new Term(1, 0), false)), List.of()))
        .hasMessage("expected a node from 0 to 0, found 1");
  }

  @Test
  void tooLargeNumbersAreRefused() {
    assertThatThrownBy(() -> AdderGraphs.solve(new long[][] {{1L << 60}}, AdderOptions.FAST))
        .hasMessage("expected numbers of at most 60 bits, found 1152921504606846976");
  }
}
