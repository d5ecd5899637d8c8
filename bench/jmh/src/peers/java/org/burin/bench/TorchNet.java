package org.burin.bench;

import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The networks of [BenchmarkNet], written for PyTorch's C++ front end. Parameters are registered in the order in which
/// the layers of [BenchmarkNet] declare theirs.
abstract class TorchNet extends Module {
  /// The output for these inputs, images in the order NCHW.
  abstract Tensor forward(List<Tensor> inputs);

  static TorchNet of(BenchmarkNet net) {
    return switch (net) {
      case JETS -> new Jets();
      case CNN -> new Cnn();
      case EMD_CNN -> new EmdCnn();
    };
  }

  final LinearImpl linear(String name, int in, int out) {
    return register_module(name, new LinearImpl(in, out));
  }

  final Conv2dImpl conv(String name, int in, int out, int kernel) {
    Conv2dOptions options = new Conv2dOptions(in, out, new LongPointer(kernel, kernel));
    options.padding().put(new LongPointer(kernel / 2, kernel / 2));
    return register_module(name, new Conv2dImpl(options));
  }

  static BatchNormOptions batchNorm(int channels) {
    BatchNormOptions options = new BatchNormOptions(channels);
    options.eps().put(1e-3);
    options.momentum().put(0.01);
    return options;
  }

  /// [BenchmarkNet#JETS].
  private static final class Jets extends TorchNet {
    private final LinearImpl first = linear("first", 16, 64);
    private final LinearImpl second = linear("second", 64, 32);
    private final LinearImpl third = linear("third", 32, 32);
    private final LinearImpl last = linear("last", 32, 5);

    @Override
    Tensor forward(List<Tensor> inputs) {
      Tensor x = torch.relu(first.forward(inputs.getFirst()));
      x = torch.relu(second.forward(x));
      x = torch.relu(third.forward(x));
      return last.forward(x);
    }
  }

  /// [BenchmarkNet#CNN].
  private static final class Cnn extends TorchNet {
    private final Conv2dImpl first = conv("first", 2, 32, 3);
    private final Conv2dImpl second = conv("second", 32, 32, 3);
    private final Conv2dImpl third = conv("third", 32, 64, 3);
    private final LinearImpl dense = linear("dense", 4 * 4 * 64, 256);
    private final LinearImpl last = linear("last", 256, 1);

    @Override
    Tensor forward(List<Tensor> inputs) {
      Tensor x = torch.relu(first.forward(inputs.getFirst()));
      x = torch.relu(second.forward(x));
      x = torch.max_pool2d(x, 2, 2);
      x = torch.relu(third.forward(x));
      x = torch.relu(dense.forward(x.flatten(1, -1)));
      return last.forward(x);
    }
  }

  /// [BenchmarkNet#EMD_CNN].
  private static final class EmdCnn extends TorchNet {
    private final Conv2dImpl first = conv("first", 6, 32, 5);
    private final BatchNorm2dImpl firstNorm = register_module("firstNorm", new BatchNorm2dImpl(batchNorm(32)));
    private final Conv2dImpl second = conv("second", 32, 32, 5);
    private final BatchNorm2dImpl secondNorm = register_module("secondNorm", new BatchNorm2dImpl(batchNorm(32)));
    private final Conv2dImpl third = conv("third", 32, 32, 5);
    private final BatchNorm2dImpl thirdNorm = register_module("thirdNorm", new BatchNorm2dImpl(batchNorm(32)));
    private final LinearImpl dense = linear("dense", 4 * 4 * 32, 256);
    private final BatchNorm1dImpl denseNorm = register_module("denseNorm", new BatchNorm1dImpl(batchNorm(256)));
    private final LinearImpl last = linear("last", 256, 1);

    @Override
    Tensor forward(List<Tensor> inputs) {
      Tensor a = inputs.getFirst();
      Tensor b = inputs.getLast();
      return base(a, b).add(base(b, a)).mul(new Scalar(0.5f));
    }

    private Tensor base(Tensor a, Tensor b) {
      Tensor x = torch.cat(new TensorVector(a, b), 1);
      x = torch.relu(firstNorm.forward(first.forward(x)));
      x = torch.relu(secondNorm.forward(second.forward(x)));
      x = torch.relu(thirdNorm.forward(third.forward(x)));
      x = torch.relu(denseNorm.forward(dense.forward(x.flatten(1, -1))));
      return last.forward(x);
    }
  }
}
