package org.burin.transport;

import java.util.Arrays;
import org.burin.tensor.TestRandom;

/// Masses and sites to test with.
final class TestMeasures {
  private TestMeasures() {}

  /// Points of a plane, some of which coincide.
  static double[][] points(int count, TestRandom random) {
    double[][] points = new double[count][2];
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.below(8) == 0) {
        points[i] = points[random.below(i)].clone();
      } else {
        points[i][0] = random.uniform(-3, 3);
        points[i][1] = random.uniform(-3, 3);
      }
    }
    return points;
  }

  /// Masses, about half of them 0, at least one not.
  static double[] masses(int sites, TestRandom random) {
    double[] x = new double[sites];
    for (int i = 0; i < sites; i++) {
      x[i] = random.flip() ? random.uniform(0.01f, 1) : 0;
    }
    x[random.below(sites)] = 1;
    return x;
  }

  static double[] shares(double[] x) {
    double sum = Arrays.stream(x).sum();
    return Arrays.stream(x).map(m -> m / sum).toArray();
  }

  static double[] positions(int count, TestRandom random) {
    return random.flip()
        ? Arrays.stream(new double[count]).map(z -> random.uniform(-20, 20)).toArray()
        : Arrays.stream(new double[count]).map(z -> random.between(-3, 3)).toArray();
  }
}
