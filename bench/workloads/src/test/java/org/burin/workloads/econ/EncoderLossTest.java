package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Block;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.Padding;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.train.Loss;
import org.junit.jupiter.api.Test;

class EncoderLossTest {
  private static final Shape IMAGES = Shape.of(3, 8, 8, 1);
  private final float[] p = numbers(1);
  private final float[] y = numbers(2);

  @Test
  void weightedMseIsTheMeanOverAllPixels() {
    float[] loss = of(EncoderLoss.weightedMse());
    for (int n = 0; n < 3; n++) {
      double sum = 0;
      for (int i = 64 * n; i < 64 * n + 64; i++) {
        sum += square(y[i] - p[i]) * Math.max(y[i], p[i]);
      }
      assertThat(loss[n]).isCloseTo((float) (sum / 64), within(1e-6f));
    }
  }

  @Test
  void telescopeAddsThreeScales() {
    for (TelescopeGroups groups : TelescopeGroups.values()) {
      float[] loss = of(EncoderLoss.telescope(groups));
      for (int n = 0; n < 3; n++) {
        assertThat(loss[n]).isCloseTo((float) telescope(n, groups), within(1e-5f));
      }
    }
  }

  private double telescope(int n, TelescopeGroups groups) {
    float[] before = new float[48];
    float[] after = new float[48];
    Arrangement.SQUARE_8X8.read(y, 64 * n, before, 0);
    Arrangement.SQUARE_8X8.read(p, 64 * n, after, 0);
    double cells = 0;
    for (int c = 0; c < 48; c++) {
      cells += term(before[c], after[c]) / 48;
    }
    double overlapping = 0;
    for (int g = 0; g < 36; g++) {
      double[] sums = sums(TelescopeGroups.cells()[g], before, after);
      overlapping += groups.weights()[g] * term(sums[0], sums[1]) / 36;
    }
    double sectors = 0;
    for (int s = 0; s < 3; s++) {
      int[] members = new int[16];
      for (int i = 0; i < 16; i++) {
        members[i] = 16 * s + i;
      }
      double[] sums = sums(members, before, after);
      sectors += term(sums[0], sums[1]) / 3;
    }
    return 4 * cells + 2 * overlapping + sectors;
  }

  private static double[] sums(int[] cells, float[] before, float[] after) {
    double[] sums = new double[2];
    for (int c : cells) {
      sums[0] += before[c];
      sums[1] += after[c];
    }
    return sums;
  }

  private static double term(double before, double after) {
    return square(before - after) * Math.max(before, after);
  }

  @Test
  void theNetworkSeesSectorsOfTargetAndPrediction() {
    Model network = network(4);
    for (boolean unitSums : new boolean[] {false, true}) {
      float[] loss = of(EncoderLoss.emd(network, unitSums));
      Tensor estimate = network.predict(Map.of("x", sectors(y, unitSums), "y", sectors(p, unitSums))).values()
          .iterator().next();
      for (int n = 0; n < 3; n++) {
        assertThat(loss[n]).isCloseTo(estimate.data()[n], within(1e-4f));
      }
    }
  }

  @Test
  void aNetworkOfOtherInputsIsRefused() {
    Model network = Model.sequential("wrong", 1, Shape.of(4, 4, 3), Flatten.of(), Dense.of(1));
    assertThatThrownBy(() -> EncoderLoss.emd(network, true)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model 'wrong' has inputs [[N,4,4,3]] and outputs [y]; the loss needs two inputs [N,4,4,3] and one"
            + " output");
  }

  @Test
  void sumsAreWeighted() {
    Map<Loss, Double> terms = new LinkedHashMap<>();
    terms.put(EncoderLoss.weightedMse(), 2.0);
    terms.put(EncoderLoss.telescope(TelescopeGroups.PUBLISHED), 0.5);
    Loss sum = EncoderLoss.sum(terms);
    assertThat(sum.describe()).isEqualTo("2.0*wmse+0.5*telescope");
    float[] both = of(sum);
    float[] first = of(EncoderLoss.weightedMse());
    for (int n = 0; n < 3; n++) {
      double expected = 2 * first[n] + 0.5 * telescope(n, TelescopeGroups.PUBLISHED);
      assertThat(both[n]).isCloseTo((float) expected, within(1e-5f));
    }
  }

  static Model network(long seed) {
    Block base = Block.of("base", (net, in) -> net.chain(net.apply(Merge.concat(), in),
        Conv.of2D(5, 5).withPadding(Padding.SAME), BatchNorm.of(), Activation.RELU,
        Conv.of2D(3, 2).withStride(2).withPadding(Padding.SAME).withActivation(Activation.RELU), Flatten.of(),
        Dense.of(1)));
    return Model.build("distance", seed, net -> {
      Value a = net.input("x", 4, 4, 3);
      Value b = net.input("y", 4, 4, 3);
      net.output("d", Merge.average().apply(net, base.apply(net, a, b), base.apply(net, b, a)));
    });
  }

  private static Tensor sectors(float[] images, boolean unitSums) {
    Tensor sectors = Tensor.zeros(Shape.of(3, 4, 4, 3));
    float[] cells = new float[48];
    for (int n = 0; n < 3; n++) {
      Arrangement.SQUARE_8X8.read(images, 64 * n, cells, 0);
      if (unitSums) {
        Normalisation.SUM.normalise(cells, 0);
      }
      Arrangement.SECTORS_4X4X3.write(cells, 0, sectors.data(), 48 * n);
    }
    return sectors;
  }

  private float[] of(Loss loss) {
    GraphBuilder b = new GraphBuilder("loss");
    Value prediction = b.input("p", IMAGES);
    Value target = b.input("y", IMAGES);
    b.output("loss", loss.perSample(b, prediction, target));
    Plan plan = Plan.compile(b.build(), Map.of(), PlanOptions.DEFAULT);
    System.arraycopy(p, 0, plan.input("p").data(), 0, p.length);
    System.arraycopy(y, 0, plan.input("y").data(), 0, y.length);
    plan.run();
    return plan.output("loss").data().clone();
  }

  private static double square(double x) {
    return x * x;
  }

  private static float[] numbers(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[IMAGES.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() / 16;
    }
    return numbers;
  }
}
