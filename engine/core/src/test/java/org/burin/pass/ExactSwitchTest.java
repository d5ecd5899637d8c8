package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.burin.data.Dataset;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedType;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.train.Loss;
import org.burin.train.Trainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where float32 would round, prediction and evaluation are exact and say so; elsewhere they say nothing.
final class ExactSwitchTest {
  private static final Logger LOG = Logger.getLogger("org.burin.pass");
  private final List<String> messages = new ArrayList<>();
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord message) {
      messages.add(message.getLevel() + ": " + message.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }

  private static Quantizer fixed(String type) {
    return Quantizers.fixed(FixedType.parse(type));
  }

  private static Model model(String input, String kernel, String output) {
    return Model.sequential("m", 4, Shape.of(3), QuantizerLayer.of(fixed(input)),
        Dense.of(2).withKernelQuantizer(fixed(kernel)).withBias(false), QuantizerLayer.of(fixed(output)));
  }

  private static Tensor floats(Model model, Tensor x) {
    Plan plan = Plan.compile(
        model.inference().bind(x.shape().dim(0)), model.parameters().tensors(), PlanOptions.DEFAULT);
    System.arraycopy(x.data(), 0, plan.input("x").data(), 0, x.size());
    plan.run();
    return plan.output("y").copy();
  }

  @Test
  void predictionsThatFloatsWouldRoundAreExactAndLogALine() {
    Model model = model("ufixed<16,0,trn,sat>", "ufixed<16,0,trn,sat>", "ufixed<20,-8,trn,wrap>");
    float[] kernel = model.parameters().get("dense/kernel").data();
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (65535 - i) / 65536f;
    }
    Tensor x = Tensor.of(Shape.of(2, 3), 65535 / 65536f, 65521 / 65536f, 65519 / 65536f, 0.5f, 0.25f, 0.125f);
    Tensor y = model.predict(x);
    for (int i = 0; i < 4; i++) {
      long sum = 0;
      for (int k = 0; k < 3; k++) {
        long number = (long) (x.data()[i / 2 * 3 + k] * 65536);
        long weight = (long) (kernel[k * 2 + i % 2] * 65536);
        sum += number * weight;
      }
      // Of 34 bits, 32 of them fractional, the last 4 and the first 10 are dropped.
      assertThat(y.data()[i]).isEqualTo((sum >> 4 & 0xfffff) / (float) (1 << 28));
    }
    assertThat(y).isNotEqualTo(floats(model, x));
    model.predict(x);
    assertThat(messages).containsExactly("WARNING: model 'm' computes its outputs in 64-bit integers: layer dense: "
        + "matmul %1 %3 takes 34 bits, float32 holds 24");
  }

  @Test
  void whereFloatsAreExactNothingIsLogged() {
    Model model = model("fixed<8,3,trn,sat>", "fixed<8,1,trn,sat>", "fixed<8,3,trn,sat>");
    Tensor x = Tensor.of(Shape.of(1, 3), 0.3f, -2.7f, 1.9f);
    assertThat(model.predict(x)).isEqualTo(floats(model, x));
    assertThat(messages).isEmpty();
  }

  @Test
  void theDecisionFollowsTheParameters() {
    Model model = model("fixed<12,3,trn,sat>", "fixed<16,8,trn,sat>", "fixed<20,10,trn,sat>");
    Tensor x = Tensor.of(Shape.of(1, 3), 0.3f, -2.7f, 1.9f);
    float[] kernel = model.parameters().get("dense/kernel").data();
    Arrays.fill(kernel, 0.25f);
    model.predict(x);
    assertThat(messages).isEmpty();
    Arrays.fill(kernel, 100.00391f);
    model.predict(x);
    assertThat(messages).hasSize(1);
  }

  @Test
  void trainingWarnsOnceAndEvaluatesExactly() {
    Model model = model("ufixed<16,0,trn,sat>", "fixed<16,1,trn,sat>", "fixed<20,1,rnd,sat>");
    Tensor x = Tensor.zeros(Shape.of(40, 3));
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = i * 7919 % 65536 / 65536f;
    }
    Dataset data = Dataset.of(x, Tensor.zeros(Shape.of(40, 2)));
    Trainer trainer = Trainer.of(model).withLoss(Loss.meanSquaredError()).withBatchSize(16).withEpochs(2)
        .withProgress(false).withValidation(data);
    trainer.fit(data);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).startsWith("WARNING: training steps of model 'm' may round what hardware computes exactly: "
        + "layer dense: matmul %1 %3 takes ");
    assertThat(messages.get(1)).startsWith("WARNING: model 'm' is evaluated in 64-bit integers: layer dense: ");
    double sum = 0;
    for (float y : model.predict(x).data()) {
      sum += (double) y * y;
    }
    assertThat(trainer.evaluate(data).get("loss")).isCloseTo(sum / 80, within(1e-6));
  }
}
