package org.burin.compat;

import java.util.List;
import java.util.Optional;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;

/// A layer of an hls4ml model: what it computes on, without the types, which an [HlsConfig] gives.
///
/// Images are channels-last, `[H,W,C]`; sequences `[W,C]`. Shapes are those of one sample.
public sealed interface HlsLayer {
  /// The layer's name in the configuration.
  String name();

  /// The names of the layers that it reads.
  List<String> inputs();

  /// The class by which `LayerType` sections of a configuration refer to it.
  String className();

  /// Numbers from outside.
  ///
  /// @param shape the extents of one sample
  record Input(String name, Shape shape) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public String className() {
      return "Input";
    }
  }

  /// A dense layer over the last axis.
  ///
  /// @param weights `[in,out]`
  /// @param bias `[out]`; none is a bias of the number 0 and type `uint<1>`
  record Dense(String name, String input, Tensor weights, Optional<Tensor> bias) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return "Dense";
    }
  }

  /// A convolution of images, or of sequences with a kernel of height 1.
  ///
  /// @param weights `[kernelH,kernelW,channels,filters]`, or `[kernelH,kernelW,channels,1]` if depthwise
  /// @param bias `[filters]` or `[channels]`; none is a bias of the number 0 and type `uint<1>`
  record Conv(String name, String input, Tensor weights, Optional<Tensor> bias, Window window, boolean depthwise)
      implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return (depthwise ? "Depthwise" : "") + (weights.shape().dim(0) == 1 ? "Conv1D" : "Conv2D");
    }
  }

  /// A scale and a shift for every channel, which is what remains of batch normalization at inference.
  ///
  /// @param scale `gamma / sqrt(variance + epsilon)`, of a shape that broadcasts to a sample's
  /// @param bias `beta - scale * mean`, likewise
  record BatchNormalization(String name, String input, Tensor scale, Tensor bias) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return "BatchNormalization";
    }
  }

  /// A function of every element.
  ///
  /// @param parameter the slope of `LEAKY_RELU`, `HARD_SIGMOID` and `HARD_TANH` (0.2 in Keras, 0.5 in QKeras), the
  ///     threshold of `THRESHOLDED_RELU`, the factor of `ELU`; of no meaning for the others
  record Activation(String name, String input, Function function, double parameter) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return switch (function) {
        case LEAKY_RELU, THRESHOLDED_RELU, ELU -> "ParametrizedActivation";
        case HARD_SIGMOID, HARD_TANH -> "HardActivation";
        default -> "Activation";
      };
    }
  }

  /// The functions of an [Activation].
  enum Function {
    /// `x`
    LINEAR,
    /// `max(x, 0)`
    RELU,
    /// `min(max(x, 0), 1)`
    RELU1,
    /// `min(max(x, 0), 6)`
    RELU6,
    /// `x > 0 ? x : parameter * x`
    LEAKY_RELU,
    /// `x > parameter ? x : 0`
    THRESHOLDED_RELU,
    /// `x` where it is not negative, else `parameter` times a table of `exp(x) - 1`
    ELU,
    /// a factor times `x`, for negative `x` a table
    SELU,
    /// a table over -8 .. 8
    SIGMOID,
    /// a table over -4 .. 4
    TANH,
    /// a table over -8 .. 8
    SOFTPLUS,
    /// a table over -8 .. 8
    SOFTSIGN,
    /// `parameter * x + 1/2`, clipped to 0 .. 1
    HARD_SIGMOID,
    /// twice that less 1
    HARD_TANH,
    /// 1 or -1; 1 or 0 where the result has the type `uint<1>`
    BINARY_TANH,
    /// 1, 0 or -1, with steps at -1/2 and 1/2
    TERNARY_TANH
  }

  /// `x > 0 ? x : alpha * x` with a slope for every element.
  ///
  /// @param alpha of a shape that broadcasts to a sample's
  record PRelu(String name, String input, Tensor alpha) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return "PReLU";
    }
  }

  /// Softmax over the last axis.
  record Softmax(String name, String input, Implementation implementation) implements HlsLayer {
    /// hls4ml's ways to compute it.
    public enum Implementation {
      /// the largest number is subtracted first
      STABLE,
      /// `exp(x) / sum(exp(x))` by tables
      LATENCY,
      /// `1 / sum(exp(x_j - x_i))` by tables
      LEGACY,
      /// 1 for the first largest number, else 0
      ARGMAX
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return "Softmax";
    }
  }

  /// Pooling of images, or of sequences with windows of height 1.
  ///
  /// @param average whether it takes means, else the largest element
  /// @param countPad whether a mean counts padding
  record Pooling(String name, String input, boolean average, int height, int width, Window window, boolean countPad)
      implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return height == 1 ? "Pooling1D" : "Pooling2D";
    }
  }

  /// Pooling over all positions; the result has the channels only.
  record GlobalPooling(String name, String input, boolean average) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return "GlobalPooling2D";
    }
  }

  /// A function of two values, element by element; extents of 1 repeat.
  record Merge(String name, Operation operation, String first, String second) implements HlsLayer {
    /// The functions of a [Merge].
    public enum Operation {
      /// `a + b`
      ADD,
      /// `a - b`
      SUBTRACT,
      /// `a * b`
      MULTIPLY,
      /// `(a + b) / 2`
      AVERAGE,
      /// the larger
      MAXIMUM,
      /// the smaller
      MINIMUM
    }

    @Override
    public List<String> inputs() {
      return List.of(first, second);
    }

    @Override
    public String className() {
      return "Merge";
    }
  }

  /// The scalar product of two vectors.
  record Dot(String name, String first, String second) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(first, second);
    }

    @Override
    public String className() {
      return "Dot";
    }
  }

  /// Two values joined along an axis of a sample.
  record Concatenate(String name, String first, String second, int axis) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(first, second);
    }

    @Override
    public String className() {
      return "Concatenate";
    }
  }

  /// The same numbers under another shape.
  ///
  /// @param shape the extents of one sample
  record Reshape(String name, String input, Shape shape) implements HlsLayer {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String className() {
      return "Reshape";
    }
  }
}
