package org.burin.quant;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.Affine;
import org.burin.nn.AffineLayer;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// A layer with kernel and bias and the batch normalisation after it, folded into one and then quantized: QKeras'
/// `QDenseBatchnorm`, `QConv2DBatchnorm` and `QDepthwiseConv2DBatchnorm`.
///
/// In use, with `i = gamma / sqrt(moving_variance + epsilon)`, the layer has the kernel `qk(kernel i)` and the bias
/// `qb((bias - moving_mean) i + beta)`, where `qk` and `qb` are the quantizers of the layer, and nothing else. While
/// training, the layer is first applied in floats; mean and variance of what it gives update the moving averages.
/// Then, until the statistics are frozen:
///
/// - [Mode#MOVING_STATISTICS] (`ema_stats_folding`): `op(x, qk(kernel i)) * c + qb((bias - mean) j + beta)` with the
///   moving averages just updated in `i`, `j = gamma / sqrt(variance + epsilon)` of the batch, and
///   `c = sqrt(moving_variance + epsilon) / sqrt(variance + epsilon)`: the kernel does not jump with every batch.
/// - [Mode#BATCH_STATISTICS] (`batch_stats_folding`): `op(x, qk(kernel j)) + qb((bias - mean) j + beta)`.
///
/// Once frozen, training computes what is used, and the moving averages stay. The state `iteration` starts at -1 and
/// grows by one with every training step; statistics are in use while it is at most the delay (so for `delay + 2`
/// steps, as in QKeras; it stops counting at 2^24).
///
/// @param layer [Dense], [Conv] or [DepthwiseConv], with the quantizers and the activation
/// @param batchNorm the batch normalisation, whose own quantizers are not used
/// @param mode which statistics the kernel is folded with while training
/// @param freezeDelay after how many steps statistics are frozen (see above); negative for never
/// @param name its name, or empty for an automatic one
public record FoldedBatchNorm(AffineLayer<?> layer, BatchNorm batchNorm, Mode mode, int freezeDelay, String name)
    implements Layer {
  /// Which statistics the kernel is folded with while training.
  public enum Mode {
    /// moving averages, with a correction of the result: `ema_stats_folding`
    MOVING_STATISTICS,
    /// those of the batch: `batch_stats_folding`
    BATCH_STATISTICS
  }

  /// Mean and variance.
  private record Statistics(Value mean, Value variance) {}

  /// Checks the layer.
  ///
  /// @throws IllegalArgumentException when it is none that a batch normalisation can be folded into
  public FoldedBatchNorm {
    if (!(layer instanceof Dense || layer instanceof Conv || layer instanceof DepthwiseConv)) {
      throw new IllegalArgumentException("a batch normalisation is folded into Dense, Conv or DepthwiseConv, whose "
          + "kernels end with the axis of channels; found " + layer.stem());
    }
  }

  /// A layer and its batch normalisation, folded with moving averages, never frozen.
  ///
  /// @throws IllegalArgumentException when it is none that a batch normalisation can be folded into
  public static FoldedBatchNorm of(AffineLayer<?> layer) {
    return new FoldedBatchNorm(layer, BatchNorm.of(), Mode.MOVING_STATISTICS, -1, "");
  }

  /// The same layer with another batch normalisation.
  public FoldedBatchNorm withBatchNorm(BatchNorm newBatchNorm) {
    return new FoldedBatchNorm(layer, newBatchNorm, mode, freezeDelay, name);
  }

  /// The same layer folded with other statistics.
  public FoldedBatchNorm withMode(Mode newMode) {
    return new FoldedBatchNorm(layer, batchNorm, newMode, freezeDelay, name);
  }

  /// The same layer with statistics that are frozen after a while, or never.
  public FoldedBatchNorm withFreezeDelay(int delay) {
    return new FoldedBatchNorm(layer, batchNorm, mode, delay, name);
  }

  /// The same layer under a chosen name.
  public FoldedBatchNorm named(String newName) {
    return new FoldedBatchNorm(layer, batchNorm, mode, freezeDelay, newName);
  }

  @Override
  public String stem() {
    return layer.stem() + "_batch_norm";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    AtomicReference<Value> bias = new AtomicReference<>(b.constant(0f));
    Value plain = plain(net, x, bias);
    Shape channels = Shape.of(plain.shape().dim(-1));
    Value gamma = batchNorm.scale()
        ? net.parameter("gamma", channels, batchNorm.gammaInitializer())
        : b.constant(1f);
    Value beta = batchNorm.center()
        ? net.parameter("beta", channels, batchNorm.betaInitializer())
        : b.constant(0f);
    Value mean = net.state("moving_mean", channels, Initializer.zeros());
    Value variance = net.state("moving_variance", channels, Initializer.ones());
    Value iteration = net.state("iteration", Shape.of(), Initializer.constant(-1f));
    Statistics moving = new Statistics(mean, variance);
    if (!net.training()) {
      Value inverse = inverse(b, gamma, moving);
      Value y = product(net, x, inverse);
      return finished(net, y, bias(net, b.mul(inverse, b.sub(bias.get(), mean)), beta, channels));
    }
    Value live = live(net, iteration);
    Statistics batch = statistics(b, plain);
    Statistics updated = follow(net, moving, batch, live);
    Statistics used = new Statistics(
        b.select(live, batch.mean, updated.mean), b.select(live, batch.variance, updated.variance));
    Value inverse = inverse(b, gamma, used);
    Value shift = bias(net, b.mul(inverse, b.sub(bias.get(), used.mean)), beta, channels);
    if (mode == Mode.BATCH_STATISTICS) {
      return finished(net, product(net, x, inverse), shift);
    }
    Value ratio = b.mul(b.unary(UnaryFn.SQRT, stable(b, updated.variance)),
        b.unary(UnaryFn.RSQRT, stable(b, batch.variance)));
    Value correction = b.select(live, ratio, b.constant(1f));
    return finished(net, b.mul(product(net, x, inverse(b, gamma, updated)), correction), shift);
  }

  /// What the layer gives in floats; its bias is kept.
  private Value plain(Net net, Value x, AtomicReference<Value> bias) {
    Quantizer keep = (_, _, raw) -> {
      bias.set(raw);
      return raw;
    };
    Affine floats = layer.affine().withActivation(Activation.LINEAR)
        .withKernelQuantizer(Quantizer.NONE).withBiasQuantizer(keep);
    return layer.withAffine(floats).build(net, x);
  }

  /// What the layer gives without a bias, with a kernel that is folded and then quantized.
  private Value product(Net net, Value x, Value inverse) {
    GraphBuilder b = net.graph();
    Affine affine = layer.affine();
    Quantizer folding = (_, kernelName, kernel) -> {
      Value factors = layer instanceof DepthwiseConv(var multiplier, _, _, _)
          ? b.reshape(inverse, Shape.of(kernel.shape().dim(-2), multiplier))
          : inverse;
      return net.quantized(affine.kernelQuantizer(), kernelName, b.mul(kernel, factors));
    };
    Affine folded = affine.withActivation(Activation.LINEAR).withBias(false).withKernelQuantizer(folding);
    return net.repeat(() -> layer.withAffine(folded).build(net, x));
  }

  private Value bias(Net net, Value scaled, Value beta, Shape channels) {
    GraphBuilder b = net.graph();
    return net.quantized(layer.affine().biasQuantizer(), "bias", b.broadcast(b.add(scaled, beta), channels));
  }

  private Value finished(Net net, Value product, Value bias) {
    GraphBuilder b = net.graph();
    return layer.affine().activation().of(b, b.add(product, bias));
  }

  /// 1 while the statistics are not frozen, else 0; counts the step.
  private Value live(Net net, Value iteration) {
    GraphBuilder b = net.graph();
    Value latest = net.latest(iteration);
    net.update(iteration, b.add(latest, b.constant(1f)));
    return freezeDelay < 0 ? b.constant(1f) : b.binary(BinaryFn.LE, latest, b.constant(freezeDelay));
  }

  private static Statistics statistics(GraphBuilder b, Value y) {
    int[] axes = IntStream.range(0, y.shape().rank() - 1).toArray();
    Value mean = b.mean(y, axes);
    return new Statistics(mean, b.mean(b.unary(UnaryFn.SQUARE, b.sub(y, mean)), axes));
  }

  /// Moves the averages toward the batch's statistics unless these are frozen; gives the new averages, without a
  /// gradient.
  private Statistics follow(Net net, Statistics moving, Statistics batch, Value live) {
    return new Statistics(
        follow(net, moving.mean, batch.mean, live), follow(net, moving.variance, batch.variance, live));
  }

  private Value follow(Net net, Value moving, Value batch, Value live) {
    GraphBuilder b = net.graph();
    Value latest = net.latest(moving);
    Value step = b.scale(b.sub(b.stopGradient(batch), latest), (float) (1 - batchNorm.momentum()));
    Value moved = b.select(live, b.add(latest, step), latest);
    net.update(moving, moved);
    return moved;
  }

  private Value inverse(GraphBuilder b, Value gamma, Statistics statistics) {
    return b.mul(gamma, b.unary(UnaryFn.RSQRT, stable(b, statistics.variance)));
  }

  private Value stable(GraphBuilder b, Value variance) {
    return b.add(variance, b.constant(batchNorm.epsilon()));
  }
}
