package org.burin.workloads.jets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.burin.workloads.jets.GeneratorNumbers.rows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.burin.data.Column.Role;
import org.burin.data.Dataset;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JetsGeneratorTest {
  private static final int ROWS = 100_000;
  private static final int FEATURES = 16;
  private static final float[] JETS = new float[ROWS * FEATURES];
  private static final float[] CLASSES = new float[ROWS];

  @BeforeAll
  static void generate() {
    new JetsGenerator(1).generate(0, ROWS, JETS, CLASSES, 0);
  }

  @Test
  void theShippedNumbersHaveTheExtentsThatTheGeneratorReads() {
    assertThat(rows("scale")).hasDimensions(FEATURES, 2);
    assertThat(rows("quantiles")).hasDimensions(15, 65);
    assertThat(rows("weight")).hasDimensions(8, 1);
    assertThat(rows("mean")).hasDimensions(8, 15);
    assertThat(rows("factor")).hasDimensions(8, 120);
    assertThat(rows("kernel0")).hasDimensions(15, 24);
    assertThat(rows("kernel1")).hasDimensions(24, 16);
    assertThat(rows("kernel2")).hasDimensions(16, 5);
    assertThat(rows("bias0")).hasDimensions(1, 24);
    assertThat(rows("bias1")).hasDimensions(1, 16);
    assertThat(rows("bias2")).hasDimensions(1, Jets.CLASSES.size());
  }

  @Test
  void theMixtureHasProbabilityOne() {
    // Rounded to five digits each.
    assertThat(Arrays.stream(rows("weight")).mapToDouble(row -> row[0]).sum()).isCloseTo(1, within(1e-5));
  }

  @Test
  void quantileTablesNeverFall() {
    for (double[] table : rows("quantiles")) {
      assertThat(table).isSorted();
    }
  }

  @Test
  void quantileIsStraightBetweenKnotsAndConstantBeyondThem() {
    double[] table = new double[65];
    Arrays.setAll(table, k -> k * k);
    assertThat(JetsGenerator.quantile(table, -9)).isZero();
    assertThat(JetsGenerator.quantile(table, 0)).isEqualTo(32 * 32);
    assertThat(JetsGenerator.quantile(table, 0.05)).isCloseTo((32 * 32 + 33 * 33) / 2.0, within(1e-9));
    assertThat(JetsGenerator.quantile(table, 9)).isEqualTo(64 * 64);
  }

  @Test
  void aJetDependsOnItsNumberOnly() {
    float[] jets = new float[300 * FEATURES];
    float[] classes = new float[300];
    JetsGenerator generator = new JetsGenerator(1);
    generator.generate(1_200, 100, jets, classes, 200);
    generator.generate(1_000, 200, jets, classes, 0);
    assertThat(jets).containsExactly(Arrays.copyOfRange(JETS, 1_000 * FEATURES, 1_300 * FEATURES));
    assertThat(classes).containsExactly(Arrays.copyOfRange(CLASSES, 1_000, 1_300));
  }

  @Test
  void aDatasetHoldsTheSameJets() {
    Dataset jets = new JetsGenerator(1).dataset(1_000, 300);
    assertThat(jets.tensor(Role.INPUT, "x").shape()).isEqualTo(Shape.of(300, FEATURES));
    assertThat(jets.tensor(Role.INPUT, "x").data())
        .containsExactly(Arrays.copyOfRange(JETS, 1_000 * FEATURES, 1_300 * FEATURES));
    assertThat(jets.tensor(Role.TARGET, "y").data()).containsExactly(Arrays.copyOfRange(CLASSES, 1_000, 1_300));
    assertThat(jets.column(Role.TARGET, "y").classes()).isEqualTo(Jets.CLASSES);
  }

  @Test
  void anotherSeedGivesOtherJets() {
    float[] jets = new float[FEATURES];
    new JetsGenerator(2).generate(0, 1, jets, new float[1], 0);
    assertThat(jets).isNotEqualTo(Arrays.copyOf(JETS, FEATURES));
  }

  @Test
  void theBitsAreTheSameOnEveryMachine() {
    assertThat(Arrays.hashCode(JETS)).isEqualTo(1_736_218_656);
    assertThat(Arrays.hashCode(CLASSES)).isEqualTo(995_748_865);
  }

  @Test
  void oneFeatureIsACopyAsInThePublicData() {
    assertThat(Jets.FEATURES.get(8)).isEqualTo("d2_a1_b1_mmdt");
    assertThat(Jets.FEATURES.get(6)).isEqualTo("d2_b1_mmdt");
    assertThat(feature(8)).isEqualTo(feature(6));
  }

  @Test
  void multiplicityIsAWholeNumberOfParticles() {
    double[] scale = rows("scale")[15];
    double[] particles = Arrays.stream(feature(15)).map(standardized -> scale[0] + scale[1] * standardized).toArray();
    // A float32 standardized value tells the number of particles to 1e-5.
    assertThat(Arrays.stream(particles).map(n -> Math.abs(n - Math.rint(n))).max().getAsDouble()).isLessThan(1e-4);
    assertThat(Arrays.stream(particles).min().getAsDouble()).isPositive();
  }

  @Test
  void everyFeatureIsDistributedAsItsQuantileTable() {
    int drawn = 0;
    for (int j = 0; j < FEATURES - 1; j++) {
      if (j == 8) {
        continue;
      }
      double[] table = rows("quantiles")[drawn++];
      for (int tenth = -25; tenth <= 25; tenth += 5) {
        double expected = standardNormal(tenth / 10.0);
        assertThat(fractionBelow(j, table[table.length / 2 + tenth])).isCloseTo(expected, within(0.032));
      }
    }
  }

  @Test
  void everyClassIsFrequent() {
    int[] counts = new int[5];
    for (float label : CLASSES) {
      counts[(int) label]++;
    }
    for (int c = 0; c < counts.length; c++) {
      assertThat(counts[c] / (double) ROWS).as(Jets.CLASSES.get(c)).isBetween(0.13, 0.26);
    }
  }

  @Test
  void noRoomForTheRowsIsRefused() {
    JetsGenerator generator = new JetsGenerator(1);
    assertThatThrownBy(() -> generator.generate(0, 2, new float[32], new float[1], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> generator.generate(0, 2, new float[31], new float[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> generator.generate(-1, 2, new float[32], new float[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double fractionBelow(int feature, double value) {
    return Arrays.stream(feature(feature)).filter(jet -> jet <= value).count() / (double) ROWS;
  }

  private static double[] feature(int feature) {
    return IntStream.range(0, ROWS).mapToDouble(i -> JETS[i * FEATURES + feature]).toArray();
  }

  /// The standard normal distribution function by Simpson's rule, good to 1e-9.
  private static double standardNormal(double score) {
    int steps = 1_000;
    double h = score / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = i * h;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * StrictMath.exp(-x * x / 2);
    }
    return 0.5 + sum * h / 3 / StrictMath.sqrt(2 * Math.PI);
  }
}
