package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.exec.DoubleTensor;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class RecurrentTest {
  private static final int STEPS = 3;
  private static final int CHANNELS = 2;
  private static final int UNITS = 4;

  private final DoubleTensor x = Runs.numbers(2, STEPS, CHANNELS);

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /// `x·W + b` for one column.
  private double fromInput(Model m, String layer, int sample, int step, int column) {
    double s = Runs.parameter(m, layer + "/bias").get(column);
    for (int c = 0; c < CHANNELS; c++) {
      s += x.get(sample, step, c) * Runs.parameter(m, layer + "/kernel").get(c, column);
    }
    return s;
  }

  /// `h·U` for one column.
  private static double fromState(Model m, String layer, double[] h, int column) {
    double s = 0;
    for (int u = 0; u < UNITS; u++) {
      s += h[u] * Runs.parameter(m, layer + "/recurrent_kernel").get(u, column);
    }
    return s;
  }

  /// One step of a cell: updates `c` in place and gives the next `h`.
  private double[] step(Model m, Recurrent.Cell cell, String layer, int sample, int t, double[] h, double[] c) {
    double[] next = new double[UNITS];
    for (int u = 0; u < UNITS; u++) {
      double[] in = new double[4];
      double[] rec = new double[4];
      for (int g = 0; g < gates(cell); g++) {
        in[g] = fromInput(m, layer, sample, t, g * UNITS + u);
        rec[g] = fromState(m, layer, h, g * UNITS + u);
        if (cell == Recurrent.Cell.GRU) {
          rec[g] += Runs.parameter(m, layer + "/recurrent_bias").get(g * UNITS + u);
        }
      }
      switch (cell) {
        case SIMPLE -> next[u] = Math.tanh(in[0] + rec[0]);
        case LSTM -> {
          c[u] = sigmoid(in[1] + rec[1]) * c[u] + sigmoid(in[0] + rec[0]) * Math.tanh(in[2] + rec[2]);
          next[u] = sigmoid(in[3] + rec[3]) * Math.tanh(c[u]);
        }
        case GRU -> {
          double z = sigmoid(in[0] + rec[0]);
          next[u] = z * h[u] + (1 - z) * Math.tanh(in[2] + sigmoid(in[1] + rec[1]) * rec[2]);
        }
      }
    }
    return next;
  }

  private static int gates(Recurrent.Cell cell) {
    return switch (cell) {
      case SIMPLE -> 1;
      case LSTM -> 4;
      case GRU -> 3;
    };
  }

  /// The result after each step, `[sample][step][unit]`, in the order of computation.
  private double[][][] results(Model m, Recurrent.Cell cell, String layer, boolean backwards) {
    double[][][] all = new double[2][STEPS][];
    for (int n = 0; n < 2; n++) {
      double[] h = new double[UNITS];
      double[] c = new double[UNITS];
      for (int t = 0; t < STEPS; t++) {
        h = step(m, cell, layer, n, backwards ? STEPS - 1 - t : t, h, c);
        all[n][t] = h;
      }
    }
    return all;
  }

  private void check(Recurrent layer) {
    String path = layer.stem();
    Model last = Runs.of(Shape.of(STEPS, CHANNELS), layer);
    double[][][] h = results(last, layer.cell(), path, false);
    Runs.assertClose(Runs.infer(last, x), DoubleTensor.generate(Shape.of(2, UNITS), i -> h[i[0]][STEPS - 1][i[1]]));

    Model all = Runs.of(Shape.of(STEPS, CHANNELS), layer.withReturnSequences(true).withGoBackwards(true));
    double[][][] back = results(all, layer.cell(), path, true);
    Runs.assertClose(Runs.infer(all, x), DoubleTensor.generate(Shape.of(2, STEPS, UNITS), i -> back[i[0]][i[1]][i[2]]));
  }

  @Test
  void simple() {
    check(Recurrent.simple(UNITS));
  }

  @Test
  void lstm() {
    check(Recurrent.lstm(UNITS));
  }

  @Test
  void gru() {
    check(Recurrent.gru(UNITS));
  }

  @Test
  void numbersOfParametersAreKeras() {
    assertThat(Runs.of(Shape.of(5, 16), Recurrent.simple(20)).parameters().count()).isEqualTo(740);
    assertThat(Runs.of(Shape.of(5, 16), Recurrent.lstm(20)).parameters().count()).isEqualTo(2960);
    assertThat(Runs.of(Shape.of(5, 16), Recurrent.gru(20)).parameters().count()).isEqualTo(2280);
    assertThat(Runs.of(Shape.of(5, 16), Recurrent.gru(20).withBias(false)).parameters().count()).isEqualTo(2160);
  }

  @Test
  void theForgetGateStartsOpen() {
    Model m = Model.sequential("m", 1, Shape.of(5, 2), Recurrent.lstm(2));

    assertThat(m.parameters().get("lstm/bias").data()).containsExactly(0f, 0f, 1f, 1f, 0f, 0f, 0f, 0f);
  }

  @Test
  void bothEndsInTheOrderOfTime() {
    Model m = Runs.of(
        Shape.of(STEPS, CHANNELS), Bidirectional.of(Recurrent.gru(UNITS).withReturnSequences(true)));
    double[][][] forward = results(m, Recurrent.Cell.GRU, "bidirectional/forward", false);
    double[][][] backward = results(m, Recurrent.Cell.GRU, "bidirectional/backward", true);

    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, STEPS, 2 * UNITS), i -> i[2] < UNITS
        ? forward[i[0]][i[1]][i[2]]
        : backward[i[0]][STEPS - 1 - i[1]][i[2] - UNITS]));
  }

  @Test
  void bothEndsOfTheLastResultSummed() {
    Model m = Runs.of(
        Shape.of(STEPS, CHANNELS), Bidirectional.of(Recurrent.simple(UNITS)).withMerge(Merge.add()));
    double[][][] forward = results(m, Recurrent.Cell.SIMPLE, "bidirectional/forward", false);
    double[][][] backward = results(m, Recurrent.Cell.SIMPLE, "bidirectional/backward", true);

    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, UNITS), i ->
        forward[i[0]][STEPS - 1][i[1]] + backward[i[0]][STEPS - 1][i[1]]));
  }

  @Test
  void aSharedBidirectionalLayerHasOneSetOfParameters() {
    Bidirectional shared = Bidirectional.of(Recurrent.simple(UNITS));
    Model m = Model.build("m", 1, net -> net.output("y", Merge.add().apply(
        net, net.apply(shared, net.input("a", 2, 3)), net.apply(shared, net.input("b", 2, 3)))));

    assertThat(m.parameters().names()).containsExactly(
        "bidirectional/forward/kernel", "bidirectional/forward/recurrent_kernel", "bidirectional/forward/bias",
        "bidirectional/backward/kernel", "bidirectional/backward/recurrent_kernel", "bidirectional/backward/bias");
  }

  @Test
  void wrongInputNamesTheLayer() {
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(4), Recurrent.lstm(2)))
        .hasMessage("layer lstm: expected sequences [N,T,C], found shape [N,4]");
    assertThatThrownBy(() -> Recurrent.gru(0)).hasMessage("Recurrent: units must be at least 1, found 0");
  }
}
