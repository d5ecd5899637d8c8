package org.burin.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.ConvTranspose;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Layer;
import org.burin.nn.Merge;
import org.burin.nn.Net;
import org.burin.nn.Padding;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.SeparableConv;

/// One layer of a [NetSpec] with its quantizers, or a few layers that only make sense together.
///
/// @param text how it is written in a listing
/// @param quantized whether its result lies on a grid
/// @param body adds it to a net
/// @param simpler the same with something less, for shrinking
public record LayerSpec(String text, boolean quantized, Body body, Supplier<List<LayerSpec>> simpler) {
  /// Adds a layer to a net.
  @FunctionalInterface
  public interface Body {
    /// The layer's result.
    Value apply(Net net, Value x);
  }

  @Override
  public String toString() {
    return text;
  }

  /// A layer that cannot be made simpler.
  static LayerSpec of(String text, Body body) {
    return new LayerSpec(text, false, body, List::of);
  }

  /// A layer of the engine under a text.
  static LayerSpec of(String text, Supplier<Layer> layer) {
    return of(text, (net, x) -> net.apply(layer.get(), x));
  }

  /// A layer whose result lies on a grid.
  static LayerSpec exactly(String text, Supplier<Layer> layer) {
    return new LayerSpec(text, true, (net, x) -> net.apply(layer.get(), x), List::of);
  }

  static LayerSpec quantize(QuantizerSpec q) {
    return new LayerSpec(
        "quantize to " + q, true, (net, x) -> net.apply(QuantizerLayer.of(q.quantizer()), x), List::of);
  }

  static LayerSpec dense(int units, QuantizerSpec kernel, QuantizerSpec bias) {
    return new LayerSpec("dense " + units + " kernel " + kernel + " bias " + bias, false,
        (net, x) -> net.apply(Dense.of(units).withBias(!bias.isNone())
            .withKernelQuantizer(kernel.quantizer()).withBiasQuantizer(bias.quantizer()), x),
        () -> smaller(units, bias, (n, b) -> dense(n, kernel, b)));
  }

  /// The window of a convolution or pooling.
  ///
  /// @param axes 1 for sequences, 2 for images
  record Walk(int axes, int kernel, int stride, int dilation, Padding padding) {
    @Override
    public String toString() {
      return axes + "d window " + kernel + " stride " + stride + " dilation " + dilation + " padding " + padding;
    }
  }

  static LayerSpec conv(int filters, Walk walk, int groups, QuantizerSpec kernel, QuantizerSpec bias) {
    return new LayerSpec(
        "conv " + filters + " " + walk + " groups " + groups + " kernel " + kernel + " bias " + bias, false,
        (net, x) -> net.apply((walk.axes == 1 ? Conv.of1D(filters, walk.kernel) : Conv.of2D(filters, walk.kernel))
            .withStride(walk.stride).withPadding(walk.padding).withDilation(walk.dilation).withGroups(groups)
            .withBias(!bias.isNone()).withKernelQuantizer(kernel.quantizer()).withBiasQuantizer(bias.quantizer()), x),
        () -> groups > 1 ? List.of() : smaller(filters, bias, (n, b) -> conv(n, walk, 1, kernel, b)));
  }

  static LayerSpec depthwise(int multiplier, Walk walk, QuantizerSpec kernel, QuantizerSpec bias) {
    return new LayerSpec("depthwise conv x" + multiplier + " " + walk + " kernel " + kernel + " bias " + bias, false,
        (net, x) -> net.apply(
            (walk.axes == 1 ? DepthwiseConv.of1D(walk.kernel) : DepthwiseConv.of2D(walk.kernel))
                .withMultiplier(multiplier).withStride(walk.stride).withPadding(walk.padding)
                .withDilation(walk.dilation).withBias(!bias.isNone())
                .withKernelQuantizer(kernel.quantizer()).withBiasQuantizer(bias.quantizer()), x),
        () -> smaller(multiplier, bias, (n, b) -> depthwise(n, walk, kernel, b)));
  }

  static LayerSpec separable(int filters, Walk walk, QuantizerSpec kernel, QuantizerSpec bias) {
    return new LayerSpec("separable conv " + filters + " " + walk + " kernel " + kernel + " bias " + bias, false,
        (net, x) -> net.apply(
            (walk.axes == 1 ? SeparableConv.of1D(filters, walk.kernel) : SeparableConv.of2D(filters, walk.kernel))
                .withStride(walk.stride).withPadding(walk.padding).withBias(!bias.isNone())
                .withKernelQuantizer(kernel.quantizer()).withBiasQuantizer(bias.quantizer()), x),
        () -> smaller(filters, bias, (n, b) -> separable(n, walk, kernel, b)));
  }

  static LayerSpec transposed(int filters, Walk walk, QuantizerSpec kernel, QuantizerSpec bias) {
    return new LayerSpec("transposed conv " + filters + " " + walk + " kernel " + kernel + " bias " + bias, false,
        (net, x) -> net.apply(
            (walk.axes == 1 ? ConvTranspose.of1D(filters, walk.kernel) : ConvTranspose.of2D(filters, walk.kernel))
                .withStride(walk.stride).withPadding(walk.padding).withBias(!bias.isNone())
                .withKernelQuantizer(kernel.quantizer()).withBiasQuantizer(bias.quantizer()), x),
        () -> smaller(filters, bias, (n, b) -> transposed(n, walk, kernel, b)));
  }

  static LayerSpec norm(QuantizerSpec scale, QuantizerSpec shift) {
    return of("batch norm scale " + scale + " shift " + shift,
        () -> BatchNorm.of().withQuantizers(scale.quantizer(), shift.quantizer()));
  }

  /// A function of narrow numbers that a table will hold: quantized before and after.
  static LayerSpec table(Activation function, QuantizerSpec before, QuantizerSpec after) {
    return new LayerSpec(function + " of " + before + " to " + after, true, (net, x) -> {
      Value narrow = net.apply(QuantizerLayer.of(before.quantizer()), x);
      return net.apply(QuantizerLayer.of(after.quantizer()), net.apply(function, narrow));
    }, List::of);
  }

  /// The value joined with itself on two other grids.
  static LayerSpec merge(Merge merge, QuantizerSpec left, QuantizerSpec right) {
    return of(merge.kind() + " of " + left + " and " + right, (net, x) -> merge.apply(net,
        net.apply(QuantizerLayer.of(left.quantizer()), x), net.apply(QuantizerLayer.of(right.quantizer()), x)));
  }

  /// The value and a dense function of it, as wide, joined.
  static LayerSpec residual(Merge merge, QuantizerSpec kernel, QuantizerSpec after) {
    return of(merge.kind() + " of itself and dense kernel " + kernel + " to " + after, (net, x) -> {
      Value y = net.apply(
          Dense.of(x.shape().dim(-1)).withBias(false).withKernelQuantizer(kernel.quantizer()), x);
      return merge.apply(net, x, net.apply(QuantizerLayer.of(after.quantizer()), y));
    });
  }

  private static List<LayerSpec> smaller(
      int extent, QuantizerSpec bias, BiFunction<Integer, QuantizerSpec, LayerSpec> with) {
    List<LayerSpec> out = new ArrayList<>();
    if (extent > 1) {
      out.add(with.apply(extent / 2, bias));
    }
    if (!bias.isNone()) {
      out.add(with.apply(extent, QuantizerSpec.NONE));
    }
    return out;
  }
}
