package org.burin.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.burin.tensor.Shape;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The training step of a [StepTask] by PyTorch: the same network, the same weights, the same batch.
final class TorchStep implements Runnable {
  private final TorchNet net;
  private final boolean classes;
  private final List<Tensor> inputs = new ArrayList<>();
  private final Tensor target;
  private final Adam optimizer;

  /// Takes over the present weights of the other side.
  ///
  /// @param channelsLast whether images and kernels lie in memory with the channels innermost, instead of in PyTorch's
  ///     default order
  TorchStep(BenchmarkNet kind, StepTask burin, boolean channelsLast) {
    net = TorchNet.of(kind);
    classes = kind.classes() > 0;
    burin.inputs().values().forEach(x -> inputs.add(laidOut(channelsFirst(tensor(x)), channelsLast)));
    Tensor y = tensor(burin.target());
    target = classes ? y.to(ScalarType.Long) : y;
    copyWeights(burin, channelsLast);
    AdamOptions options = new AdamOptions(StepTask.OPTIMIZER.learningRate());
    options.eps().put(StepTask.OPTIMIZER.epsilon());
    optimizer = new Adam(net.parameters(), options);
  }

  @Override
  public void run() {
    try (PointerScope _ = new PointerScope()) {
      step();
    }
  }

  private Tensor step() {
    optimizer.zero_grad();
    Tensor y = net.forward(inputs);
    Tensor loss = classes ? torch.cross_entropy_loss(y, target) : torch.mse_loss(y, target);
    loss.backward();
    optimizer.step();
    return loss;
  }

  /// Makes a few steps on both sides and compares the losses.
  ///
  /// @throws IllegalStateException when they differ by more than float32 rounding explains
  void check(BenchmarkNet kind, StepTask burin) {
    for (int i = 0; i < 5; i++) {
      burin.run();
      try (PointerScope _ = new PointerScope()) {
        float loss = step().item_float();
        if (!(Math.abs(loss - burin.loss()) <= 1e-3f * Math.abs(loss))) {
          throw new IllegalStateException(
              kind.title() + ", step " + i + ": Burin's loss is " + burin.loss() + ", PyTorch's is " + loss);
        }
      }
    }
  }

  private void copyWeights(StepTask burin, boolean channelsLast) {
    List<String> names = burin.model().parameters().trainable();
    TensorVector own = net.parameters();
    if (names.size() != own.size()) {
      throw new IllegalStateException("Burin has the parameters " + names + ", PyTorch has " + own.size());
    }
    Shape image = Shape.SCALAR;
    for (int i = 0; i < names.size(); i++) {
      org.burin.tensor.Tensor from = burin.model().parameters().get(names.get(i));
      Tensor to = own.get(i);
      to.set_data(laidOut(parameter(from, image).contiguous(), channelsLast));
      if (from.shape().rank() == 4) {
        image = from.shape();
      }
    }
  }

  /// A parameter in PyTorch's order of axes.
  ///
  /// @param lastKernel the shape of the convolution kernel before it, or no axes
  private static Tensor parameter(org.burin.tensor.Tensor from, Shape lastKernel) {
    Tensor t = tensor(from);
    return switch (from.shape().rank()) {
      case 4 -> t.permute(3, 2, 0, 1);
      case 2 -> {
        int in = from.shape().dim(0);
        int channels = lastKernel.rank() == 4 ? lastKernel.dim(3) : 1;
        int out = from.shape().dim(1);
        // Behind a convolution PyTorch flattens images in the order CHW.
        yield lastKernel.rank() == 4 && in == 16 * channels
            ? t.view(16, channels, out).permute(2, 1, 0).reshape(out, in)
            : t.permute(1, 0);
      }
      default -> t;
    };
  }

  private static Tensor channelsFirst(Tensor x) {
    return x.dim() == 4 ? x.permute(0, 3, 1, 2).contiguous() : x;
  }

  private static Tensor laidOut(Tensor x, boolean channelsLast) {
    return channelsLast && x.dim() == 4 ? x.contiguous(MemoryFormat.ChannelsLast) : x;
  }

  private static Tensor tensor(org.burin.tensor.Tensor from) {
    long[] shape = Arrays.stream(from.shape().dims()).asLongStream().toArray();
    return Tensor.create(from.data().clone(), shape);
  }
}
