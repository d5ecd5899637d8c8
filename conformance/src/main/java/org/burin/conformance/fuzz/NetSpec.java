package org.burin.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedType;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.nn.Parameters;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A random network as data: it can be built, printed, and made smaller piece by piece.
///
/// @param sample the extents of one sample of the input `x`
/// @param input the type that the input is brought to
/// @param layers the layers, in order; the result of the last is the output `y`, the result of number i, if it is
///     quantized, the output `qi`
/// @param weights the seed of all weights
public record NetSpec(List<Integer> sample, FixedType input, List<LayerSpec> layers, long weights) {
  /// Copies the lists.
  public NetSpec {
    sample = List.copyOf(sample);
    layers = List.copyOf(layers);
  }

  /// The network, with random weights in place of its initial ones.
  ///
  /// @throws org.burin.ir.GraphException when a layer does not fit its input
  public Model build() {
    int[] extents = sample.stream().mapToInt(i -> i).toArray();
    Model model = Model.build("fuzz", weights, net -> {
      Value v = net.apply(QuantizerLayer.of(QuantizerSpec.fixed(input).quantizer()), net.input("x", extents));
      for (int i = 0; i < layers.size(); i++) {
        v = layers.get(i).body().apply(net, v);
        if (layers.get(i).quantized()) {
          net.output("q" + i, v);
        }
      }
      net.output("y", v);
    });
    fill(model.parameters());
    return model;
  }

  /// Networks like this one with something less, the boldest cuts first.
  public List<NetSpec> smaller() {
    List<NetSpec> out = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      List<LayerSpec> fewer = new ArrayList<>(layers);
      fewer.subList(i, i + 1).clear();
      out.add(new NetSpec(sample, input, fewer, weights));
    }
    for (int i = 0; i < layers.size(); i++) {
      for (LayerSpec simpler : layers.get(i).simpler().get()) {
        List<LayerSpec> changed = new ArrayList<>(layers);
        changed.set(i, simpler);
        out.add(new NetSpec(sample, input, changed, weights));
      }
    }
    for (int i = 0; i < sample.size(); i++) {
      if (sample.get(i) > 1) {
        List<Integer> less = new ArrayList<>(sample);
        less.set(i, sample.get(i) / 2);
        out.add(new NetSpec(less, input, layers, weights));
      }
    }
    return out;
  }

  /// Weights with many zeros and ends of ranges, statistics that are possible; what quantizers learn stays near where
  /// it starts.
  private void fill(Parameters parameters) {
    for (String name : parameters.names()) {
      Tensor t = parameters.get(name);
      Dice dice = new Dice(weights ^ name.hashCode());
      String leaf = name.substring(name.lastIndexOf('/') + 1);
      double span = dice.pick(List.of(0.3, 1.0, 1.0, 3.0));
      int zeros = dice.pick(List.of(2, 5, 1000));
      for (int i = 0; i < t.size(); i++) {
        t.data()[i] = switch (leaf) {
          case "moving_variance" -> (float) dice.uniform(0.2, 3);
          case "gamma" -> (float) dice.uniform(0.3, 2);
          case "kernel", "bias", "beta", "moving_mean", "depthwise_kernel", "pointwise_kernel", "recurrent_kernel",
              "embeddings" -> dice.oneIn(zeros) ? 0f : (float) dice.uniform(-span, span);
          default -> leaf.matches(".*_(integer|fraction|bits)")
              ? t.data()[i] + (float) dice.uniform(-2, 2)
              : t.data()[i];
        };
      }
    }
  }

  /// Inputs for so many samples: any numbers in and beyond the input's range, its corners, and ties of its rounding.
  public Tensor samples(int count) {
    int[] dims = new int[sample.size() + 1];
    dims[0] = count;
    for (int i = 0; i < sample.size(); i++) {
      dims[i + 1] = sample.get(i);
    }
    Tensor t = Tensor.zeros(Shape.of(dims));
    Dice dice = new Dice(weights + 1);
    int size = t.size() / count;
    double step = Math.scalb(1.0, -input.fraction());
    double high = Math.scalb(1.0, input.signed() ? input.integer() - 1 : input.integer()) - step;
    double low = input.signed() ? -high - step : 0;
    for (int n = 0; n < count; n++) {
      int kind = n % 8;
      for (int i = 0; i < size; i++) {
        double on = low + step * Math.floor(dice.uniform(0, (high - low) / step + 1));
        t.data()[n * size + i] = (float) switch (kind) {
          case 0 -> dice.oneIn(2) ? low : high;
          case 1 -> on + step / 2;
          case 2 -> dice.uniform(2 * low - 1, 2 * high + 1);
          case 3 -> dice.oneIn(size) ? (dice.oneIn(2) ? low : high) : 0;
          case 4 -> n < 8 ? high : n < 16 ? low : -dice.uniform(0, step);
          default -> on;
        };
      }
    }
    return t;
  }
}
