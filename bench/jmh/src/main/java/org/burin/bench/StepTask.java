package org.burin.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.data.Dataset;
import org.burin.data.DatasetBuilder;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Graph;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.train.Adam;
import org.burin.train.Optimizer;
import org.burin.train.Trainer;

/// One training step of a network on a batch of random numbers, again and again: forward, backward, Adam. It is the
/// graph that the trainer runs, without the trainer.
public final class StepTask implements Runnable {
  /// The optimizer; its step size is small enough for the loss to fall evenly, so that rounding does not grow.
  static final Adam OPTIMIZER = Optimizer.adam().withLearningRate(1e-4);

  private static final String LOSS = "train/loss";

  private final Model model;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Tensor target;
  private final Plan plan;
  private final float[] rate;
  private final Tensor loss;
  private int done;

  /// The step of a network whose initial weights and batch are the same every time.
  public StepTask(BenchmarkNet net, int threads) {
    model = net.model(1);
    DatasetBuilder data = Dataset.builder();
    for (Value v : model.training().inputs()) {
      String name = ((Input) v.op()).name();
      Tensor x = random(v.shape().bind(net.batch()), inputs.size(), 1);
      inputs.put(name, x);
      data.input(name, x);
    }
    target = net.classes() == 0
        ? random(Shape.of(net.batch(), 1), inputs.size(), 1)
        : labels(net.batch(), inputs.size(), net.classes());
    data.target(BenchmarkNet.OUTPUT, target);

    Graph step = Trainer.of(model).withLoss(net.loss()).withOptimizer(OPTIMIZER).withBatchSize(net.batch())
        .step(data.build());
    Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters().tensors());
    for (Value v : step.parameters()) {
      // What is no parameter of the model is one of Adam's two means, which start at zero.
      tensors.putIfAbsent(((Parameter) v.op()).name(), Tensor.zeros(v.shape()));
    }
    plan = Plan.compile(step, tensors, PlanOptions.DEFAULT.withThreads(threads).withGuard(LOSS));
    inputs.forEach((name, x) -> copy(x, plan.input(name)));
    copy(target, plan.input("target/" + BenchmarkNet.OUTPUT));
    rate = plan.input("train/adam_rate").data();
    loss = plan.output(LOSS);
  }

  private static Tensor random(Shape shape, int seed, float high) {
    return Tensor.of(shape, Numbers.uniform(shape.size(), seed, 0, high));
  }

  private static Tensor labels(int samples, int seed, int classes) {
    Tensor t = random(Shape.of(samples), seed, classes);
    for (int i = 0; i < samples; i++) {
      t.data()[i] = (int) t.data()[i];
    }
    return t;
  }

  private static void copy(Tensor from, Tensor to) {
    System.arraycopy(from.data(), 0, to.data(), 0, to.size());
  }

  /// The network and its present weights.
  Model model() {
    return model;
  }

  /// What is fed to the network, by input name.
  Map<String, Tensor> inputs() {
    return inputs;
  }

  /// What its output is compared with.
  Tensor target() {
    return target;
  }

  /// The loss of the last step, before its update.
  public float loss() {
    return loss.item();
  }

  /// Makes a step.
  @Override
  public void run() {
    done++;
    rate[0] = (float) (OPTIMIZER.learningRate() * StrictMath.sqrt(1 - StrictMath.pow(OPTIMIZER.beta2(), done))
        / (1 - StrictMath.pow(OPTIMIZER.beta1(), done)));
    plan.run();
  }
}
