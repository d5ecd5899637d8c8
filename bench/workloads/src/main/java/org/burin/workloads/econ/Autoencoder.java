package org.burin.workloads.econ;

import java.util.Arrays;
import org.burin.data.Dataset;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.Conv;
import org.burin.nn.ConvTranspose;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Model;
import org.burin.nn.Padding;
import org.burin.nn.Parameters;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.Reshape;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// The published encoder `8x8_c8_S2` and its decoder, trained as one model.
///
/// The encoder is a convolution of 8 filters 3x3 with stride 2 over the [Arrangement#SQUARE_8X8] image, ReLU, and a dense
/// layer of 16 units with ReLU: 2,144 weights, 3,200 multiplications. The decoder is a dense layer of 128 units, two
/// transposed convolutions, and a sigmoid: 2,833 weights. As the sigmoid stays below 1, a cell with more than that of the
/// normalised charge cannot be restored; its other cells can.
///
/// The model has the input `x` and the output `y`, images `[N,8,8,1]` of charges normalised by [Normalisation#LOG2_SUM].
public final class Autoencoder {
  /// The number of latents.
  public static final int LATENTS = 16;

  private static final Shape IMAGE = Arrangement.SQUARE_8X8.shape();
  private static final int FILTERS = 8;

  /// The first bias before the sigmoid: images start near the mean of normalised charges, 1.5 / 64. From one half, where they
  /// would start without it, the weighted losses take long to come down.
  private static final float DARK = -3.75f;

  /// The first biases of the latents: each starts above 0 for nearly all events. From 0, about one in twelve would be switched
  /// off for all events within the first steps, and never come back.
  private static final float ALIVE = 0.25f;

  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";

  private final EncoderTypes types;
  private final Model model;

  private Autoencoder(EncoderTypes types, Model model) {
    this.types = types;
    this.model = model;
  }

  /// A new, untrained one.
  public static Autoencoder create(EncoderTypes types, long seed) {
    return new Autoencoder(types, Model.build("econ", seed, net -> {
      Value code = net.scope(ENCODER, () -> net.chain(net.input("x", IMAGE.dims()), encoderLayers(types)));
      net.output("y", net.scope(DECODER, () -> net.chain(code, decoderLayers())));
    }));
  }

  /// The one that a model holds, such as one read from a file.
  ///
  /// @param types those that it was created with
  public static Autoencoder of(EncoderTypes types, Model model) {
    return new Autoencoder(types, model);
  }

  private static Layer[] encoderLayers(EncoderTypes types) {
    return new Layer[] {
      QuantizerLayer.of(types.input()).named("input"),
      Conv.of2D(FILTERS, 3).withStride(2).withPadding(Padding.SAME).withKernelQuantizer(types.weight())
          .withBiasQuantizer(types.weight()).named("conv"),
      QuantizerLayer.of(types.hidden()).named("hidden"),
      Flatten.of(),
      Dense.of(LATENTS).withBiasInitializer(Initializer.constant(ALIVE)).withKernelQuantizer(types.weight())
          .withBiasQuantizer(types.weight()).named("dense"),
      QuantizerLayer.of(types.latent()).named("latent")
    };
  }

  private static Layer[] decoderLayers() {
    return new Layer[] {
      Dense.of(4 * 4 * FILTERS, Activation.RELU).named("dense"),
      Reshape.to(4, 4, FILTERS),
      ConvTranspose.of2D(FILTERS, 3).withStride(2).withPadding(Padding.SAME).withActivation(Activation.RELU)
          .named("up"),
      ConvTranspose.of2D(1, 3).withPadding(Padding.SAME).withActivation(Activation.SIGMOID)
          .withBiasInitializer(Initializer.constant(DARK)).named("image")
    };
  }

  /// The whole model.
  public Model model() {
    return model;
  }

  /// The types of the encoder.
  public EncoderTypes types() {
    return types;
  }

  /// A copy of the encoder alone: images `x [N,8,8,1]` to latents `y [N,16]`. If it is quantized it can be lowered to fixed
  /// point, compiled and verified.
  public Model encoder() {
    Model encoder = Model.build("econ_encoder", 0,
        net -> net.output("y", net.chain(net.input("x", IMAGE.dims()), encoderLayers(types))));
    return withParameters(encoder, ENCODER);
  }

  /// A copy of the decoder alone: latents `x [N,16]` to images `y [N,8,8,1]`.
  public Model decoder() {
    Model decoder = Model.build("econ_decoder", 0,
        net -> net.output("y", net.chain(net.input("x", LATENTS), decoderLayers())));
    return withParameters(decoder, DECODER);
  }

  private Model withParameters(Model part, String scope) {
    for (String name : part.parameters().names()) {
      part.parameters().set(name, model.parameters().get(scope + "/" + name));
    }
    return part;
  }

  /// A copy with other types, to train on.
  public Autoencoder withTypes(EncoderTypes newTypes) {
    Autoencoder other = create(newTypes, 0);
    other.model.parameters().assign(model.parameters());
    return other;
  }

  /// Brings every latent into the range of its type without changing what the model computes in floating point: a unit behind
  /// a ReLU may be multiplied by a positive number by which the weights behind it are divided.
  ///
  /// @param images what the encoder is fed with, `[n,8,8,1]`
  /// @param quantile which part of a latent's numbers is not to be above `target`, such as 0.999
  /// @param target a number near the end of the range, such as 1.9
  public void rescaleLatents(Tensor images, double quantile, double target) {
    Parameters p = model.parameters();
    float[] codes = encoder().predict(images).data();
    int n = codes.length / LATENTS;
    for (int unit = 0; unit < LATENTS; unit++) {
      double[] sorted = new double[n];
      for (int i = 0; i < n; i++) {
        sorted[i] = codes[i * LATENTS + unit];
      }
      Arrays.sort(sorted);
      double top = EventStatistics.quantile(sorted, quantile);
      if (top > 0) {
        float factor = (float) (target / top);
        scaleColumn(p.get("encoder/dense/kernel"), unit, factor);
        scaleColumn(p.get("encoder/dense/bias"), unit, factor);
        scaleRow(p.get("decoder/dense/kernel"), unit, 1 / factor);
      }
    }
  }

  private static void scaleColumn(Tensor t, int column, float factor) {
    float[] data = t.data();
    for (int i = column; i < data.length; i += t.shape().dim(-1)) {
      data[i] *= factor;
    }
  }

  private static void scaleRow(Tensor t, int row, float factor) {
    int width = t.shape().dim(-1);
    for (int i = row * width; i < (row + 1) * width; i++) {
      t.data()[i] *= factor;
    }
  }

  /// The normalised images `[n,8,8,1]` of events.
  public static Tensor images(Events events) {
    float[] charges = events.charges().clone();
    Tensor images = Tensor.zeros(Shape.of(events.size(), 8, 8, 1));
    for (int i = 0; i < events.size(); i++) {
      Normalisation.LOG2_SUM.normalise(charges, i * Hgcal.CELLS);
      Arrangement.SQUARE_8X8.write(charges, i * Hgcal.CELLS, images.data(), i * IMAGE.size());
    }
    return images;
  }

  /// The dataset to train on: input `x` and target `y` are both the [#images].
  public static Dataset dataset(Events events) {
    Tensor images = images(events);
    return Dataset.of(images, images);
  }

  /// What events become when they are encoded and decoded: 48 charges per event, in counts. Their sum is that of the event
  /// after its way through the 9-bit code in which it travels beside the latents.
  public float[] restored(Events events) {
    float[] images = model.predict(images(events)).data();
    float[] charges = new float[events.charges().length];
    for (int i = 0; i < events.size(); i++) {
      int at = i * Hgcal.CELLS;
      Arrangement.SQUARE_8X8.read(images, i * IMAGE.size(), charges, at);
      double sum = Normalisation.SUM.normalise(charges, at);
      long sent = FloatCodec.SUM.decode(FloatCodec.SUM.encode(Math.round(events.total(i))));
      for (int c = at; c < at + Hgcal.CELLS; c++) {
        charges[c] = sum == 0 ? 0 : charges[c] * sent;
      }
    }
    return charges;
  }

  /// The number of bits that are sent for a module: those of the latents and 9 for the sum. NaN in floating point.
  public double bits() {
    return LATENTS * types.latentBits() + FloatCodec.SUM.bits();
  }

  /// How well events are kept.
  ///
  /// @param threads how many threads share the work, which does not change the result
  public Evaluation evaluate(String name, Events events, int threads) {
    return Evaluation.of(name, bits(), events, restored(events), threads);
  }
}
