package org.burin.workloads.emd;

import java.util.List;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Block;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.nn.Padding;
import org.burin.nn.Regularizer;
import org.burin.tensor.Shape;

/// The published network of the earth mover's distance: both images as channels of one, convolutions with batch
/// normalisation and ReLU, a dense layer with the same, one number; the mean over both orders of the images (R. Shenoy
/// et al., "Differentiable earth mover's distance for data compression at the high-luminosity LHC", 2023;
/// fastml-science, sensor-data-compression).
///
/// Nothing keeps its result from being negative, and that for twice the same image from being another number than 0.
///
/// @param convolutions the number of convolutions
/// @param filters channels of each
/// @param kernel the width of their windows
/// @param units of the hidden dense layer
public record EmdCnn(int convolutions, int filters, int kernel, int units) {
  /// Three convolutions 5x5 with 32 channels, 256 units: 189,089 numbers.
  public static final EmdCnn PUBLISHED = new EmdCnn(3, 32, 5, 256);

  /// Its narrower variant for the logarithmic loss: four convolutions, 32 units, 98,817 numbers.
  public static final EmdCnn PUBLISHED_MSLE = new EmdCnn(4, 32, 5, 32);

  private static final float L2 = 1e-4f;

  /// A new, untrained model with the inputs `x` and `y` `[N,4,4,3]` and the output `distance [N,1]`.
  public Model build(long seed) {
    return Model.build("emd_cnn", seed, net -> {
      Block base = Block.of("base", this::base);
      Value x = net.input(Images.X, Images.SHAPE.dims());
      Value y = net.input(Images.Y, Images.SHAPE.dims());
      net.output(Images.DISTANCE, Merge.average().apply(net, base.apply(net, x, y), base.apply(net, y, x)));
    });
  }

  private Value base(Net net, List<Value> images) {
    Value v = net.apply(Merge.concat(), images);
    Regularizer penalty = Regularizer.l2(L2);
    for (int i = 1; i <= convolutions; i++) {
      Conv conv = Conv.of2D(filters, kernel).withPadding(Padding.SAME).withKernelRegularizer(penalty);
      v = net.chain(v, conv.named("conv" + i), BatchNorm.of().named("norm" + i), Activation.RELU);
    }
    Dense hidden = Dense.of(units).withKernelRegularizer(penalty).named("dense");
    return net.chain(v, Flatten.of(), hidden, BatchNorm.of().named("dense_norm"), Activation.RELU,
        Dense.of(1).named("distance"));
  }

  /// Multiplications for one distance.
  public long multiplications() {
    int pixels = Images.SHAPE.dim(0) * Images.SHAPE.dim(1);
    int channels = Shape.of(2, Images.SHAPE.dim(2)).size();
    long convolved = (long) kernel * kernel * filters * (channels + (convolutions - 1L) * filters);
    return 2 * (pixels * convolved + (long) pixels * filters * units + units);
  }
}
