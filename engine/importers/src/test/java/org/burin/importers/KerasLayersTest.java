package org.burin.importers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Bidirectional;
import org.burin.nn.Conv;
import org.burin.nn.ConvTranspose;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Dropout;
import org.burin.nn.Embedding;
import org.burin.nn.Flatten;
import org.burin.nn.GlobalPool;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.LayerNorm;
import org.burin.nn.Margins;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.PRelu;
import org.burin.nn.Padding;
import org.burin.nn.Parameters;
import org.burin.nn.Permute;
import org.burin.nn.Pool;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.Recurrent;
import org.burin.nn.Regularizer;
import org.burin.nn.Reshape;
import org.burin.nn.SeparableConv;
import org.burin.nn.UpSampling;
import org.burin.quant.Alpha;
import org.burin.quant.FoldedBatchNorm;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every layer class gives the layer of `nn` that it should: the same graphs and the same numbers.
final class KerasLayersTest {
  private static final Shape VECTOR = Shape.of(6);
  private static final Shape SEQUENCE = Shape.of(6, 4);
  private static final Shape IMAGE = Shape.of(6, 5, 4);

  @TempDir private Path temp;

  @Test
  void dense() throws IOException {
    check("Dense", VECTOR, Dense.of(3, Activation.RELU), "'units': 3, 'activation': 'relu'");
    check("Dense", VECTOR, Dense.of(3).withBias(false).withKernelRegularizer(Regularizer.l2(0.01f)),
        "'units': 3, 'use_bias': false, 'kernel_regularizer': {'class_name': 'L2', 'config': {'l2': 0.01}}");
  }

  @Test
  void convolutions() throws IOException {
    check("Conv1D", SEQUENCE, Conv.of1D(3, 2).withPadding(Padding.CAUSAL).withDilation(2),
        "'filters': 3, 'kernel_size': [2], 'strides': [1], 'padding': 'causal', 'dilation_rate': [2]");
    check("Conv2D", IMAGE, Conv.of2D(4, 3, 2).withStride(2, 1).withPadding(Padding.SAME).withGroups(2),
        "'filters': 4, 'kernel_size': [3, 2], 'strides': [2, 1], 'padding': 'same', 'groups': 2");
    check("DepthwiseConv2D", IMAGE, DepthwiseConv.of2D(3).withMultiplier(2),
        "'kernel_size': [3, 3], 'depth_multiplier': 2", Map.of("kernel", "depthwise_kernel"));
    check("DepthwiseConv1D", SEQUENCE, DepthwiseConv.of1D(3), "'kernel_size': [3]");
    check("SeparableConv1D", SEQUENCE, SeparableConv.of1D(3, 2), "'filters': 3, 'kernel_size': 2");
    check("SeparableConv2D", IMAGE, SeparableConv.of2D(3, 2).withMultiplier(2).withActivation(Activation.TANH),
        "'filters': 3, 'kernel_size': [2, 2], 'depth_multiplier': 2, 'activation': 'tanh'");
    check("Conv1DTranspose", SEQUENCE, ConvTranspose.of1D(3, 2).withStride(2),
        "'filters': 3, 'kernel_size': [2], 'strides': [2]");
    check("Conv2DTranspose", IMAGE, ConvTranspose.of2D(3, 3).withStride(2).withPadding(Padding.SAME),
        "'filters': 3, 'kernel_size': [3, 3], 'strides': [2, 2], 'padding': 'same', 'output_padding': null");
  }

  @Test
  void normalisations() throws IOException {
    check("BatchNormalization", IMAGE, BatchNorm.of().withMomentum(0.9).withEpsilon(0.01f),
        "'axis': [3], 'momentum': 0.9, 'epsilon': 0.01");
    check("BatchNormalization", VECTOR, BatchNorm.of().withCenterAndScale(true, false), "'axis': -1, 'scale': false");
    check("LayerNormalization", SEQUENCE, LayerNorm.of().withEpsilon(0.02f), "'axis': [2], 'epsilon': 0.02");
  }

  @Test
  void poolingAndShape() throws IOException {
    check("MaxPooling1D", SEQUENCE, Pool.max1D(2).withStride(1), "'pool_size': [2], 'strides': [1]");
    check("MaxPooling2D", IMAGE, Pool.max2D(2), "'pool_size': [2, 2], 'strides': null");
    check("AveragePooling1D", SEQUENCE, Pool.average1D(2), "'pool_size': 2");
    check("AveragePooling2D", IMAGE, Pool.average2D(3, 2).withStride(1).withPadding(Padding.SAME),
        "'pool_size': [3, 2], 'strides': [1, 1], 'padding': 'same'");
    check("GlobalMaxPooling2D", IMAGE, GlobalPool.max(), "'keepdims': false");
    check("GlobalAveragePooling1D", SEQUENCE, GlobalPool.average(), "'data_format': 'channels_last'");
    check("UpSampling1D", SEQUENCE, UpSampling.of1D(3), "'size': 3");
    check("UpSampling2D", IMAGE, UpSampling.of2D(2, 3), "'size': [2, 3], 'interpolation': 'nearest'");
    check("ZeroPadding1D", SEQUENCE, Margins.pad1D(1, 2), "'padding': [1, 2]");
    check("ZeroPadding2D", IMAGE, Margins.pad2D(1, 2, 3, 0), "'padding': [[1, 2], [3, 0]]");
    check("Cropping1D", SEQUENCE, Margins.crop1D(1, 2), "'cropping': [1, 2]");
    check("Cropping2D", IMAGE, Margins.crop2D(1, 1, 2, 2), "'cropping': [[1, 1], [2, 2]]");
    check("Dropout", VECTOR, Dropout.of(0.25f), "'rate': 0.25");
    check("Flatten", IMAGE, Flatten.of(), "'data_format': 'channels_last'");
    check("Reshape", VECTOR, Reshape.to(2, -1), "'target_shape': [2, -1]");
    check("Permute", IMAGE, Permute.of(3, 1, 2), "'dims': [3, 1, 2]");
  }

  @Test
  void activations() throws IOException {
    Map<String, Activation> byName = Map.ofEntries(
        Map.entry("linear", Activation.LINEAR), Map.entry("relu", Activation.RELU),
        Map.entry("relu6", Activation.RELU6), Map.entry("sigmoid", Activation.SIGMOID),
        Map.entry("tanh", Activation.TANH), Map.entry("softmax", Activation.SOFTMAX),
        Map.entry("exponential", Activation.EXPONENTIAL), Map.entry("softplus", Activation.SOFTPLUS),
        Map.entry("softsign", Activation.SOFTSIGN), Map.entry("swish", Activation.SILU),
        Map.entry("silu", Activation.SILU), Map.entry("gelu", Activation.GELU), Map.entry("selu", Activation.SELU),
        Map.entry("elu", Activation.elu(1f)), Map.entry("leaky_relu", Activation.leakyRelu(0.2f)),
        Map.entry("hard_sigmoid", Activation.hardSigmoid(0.2f, 0.5f)));
    for (String name : byName.keySet().stream().sorted().toList()) {
      check("Activation", VECTOR, byName.get(name), "'activation': '" + name + "'");
    }
    check("ReLU", VECTOR, Activation.relu(6f), "'max_value': 6.0, 'negative_slope': 0.0, 'threshold': 0.0");
    check("ReLU", VECTOR, Activation.leakyRelu(0.1f), "'max_value': null, 'negative_slope': 0.1");
    check("LeakyReLU", VECTOR, Activation.leakyRelu(0.1f), "'alpha': 0.1");
    check("ELU", VECTOR, Activation.elu(0.5f), "'alpha': 0.5");
    check("Softmax", VECTOR, Activation.SOFTMAX, "'axis': -1");
    check("PReLU", IMAGE, PRelu.of().withSharedAxes(1, 2), "'shared_axes': [1, 2]");
  }

  @Test
  void recurrentLayers() throws IOException {
    Map<String, String> cell = Map.of(
        "kernel", "cell/kernel", "recurrent_kernel", "cell/recurrent_kernel", "bias", "cell/bias");
    check("SimpleRNN", SEQUENCE, Recurrent.simple(3), "'units': 3, 'activation': 'tanh'", cell);
    check("LSTM", SEQUENCE, Recurrent.lstm(3).withReturnSequences(true),
        "'units': 3, 'return_sequences': true, 'recurrent_activation': 'sigmoid'", cell);
    check("GRU", SEQUENCE, Recurrent.gru(3).withGoBackwards(true),
        "'units': 3, 'go_backwards': true, 'reset_after': true", cell);
    check("Bidirectional", SEQUENCE, Bidirectional.of(Recurrent.lstm(3)).withMerge(Merge.add()),
        "'merge_mode': 'sum', 'layer': {'class_name': 'LSTM', 'config': {'name': 'lstm', 'units': 3}}",
        Map.of("forward", "forward_lstm/lstm_cell", "backward", "backward_lstm/lstm_cell"));
    check("Embedding", Shape.of(3), Embedding.of(5, 2), "'input_dim': 5, 'output_dim': 2");
  }

  @Test
  void quantizedLayers() throws IOException {
    String bits = "{'class_name': 'quantized_bits', 'config': {'bits': 4, 'integer': 1, 'alpha': 1}}";
    var kernel = Quantizers.quantizedBits(4, 1).withAlpha(Alpha.of(1f));
    check("QDense", VECTOR, Dense.of(3).withKernelQuantizer(kernel).withBiasQuantizer(kernel),
        "'units': 3, 'kernel_quantizer': " + bits + ", 'bias_quantizer': " + bits);
    check("QDense", VECTOR,
        new QuantizedLayer(Dense.of(3).named("l").withKernelQuantizer(kernel), Quantizers.quantizedRelu(5, 2)),
        "'units': 3, 'kernel_quantizer': 'quantized_bits(4, 1, alpha=1)', 'activation': 'quantized_relu(5,2)'");
    check("QConv2D", IMAGE, Conv.of2D(3, 2).withKernelQuantizer(
            Quantizers.quantizedBits(4, 0).withAlpha(Alpha.autoPo2()).withSymmetric(true)),
        "'filters': 3, 'kernel_size': [2, 2], 'kernel_quantizer': 'quantized_bits(bits=4)'");
    check("QDepthwiseConv2D", IMAGE, DepthwiseConv.of2D(2).withKernelQuantizer(kernel),
        "'kernel_size': [2, 2], 'depthwise_quantizer': " + bits, Map.of("kernel", "depthwise_kernel"));
    check("QActivation", VECTOR, QuantizerLayer.of(Quantizers.quantizedTanh(4)), "'activation': 'quantized_tanh(4)'");
    check("QDenseBatchnorm", VECTOR,
        FoldedBatchNorm.of(Dense.of(3).withKernelQuantizer(kernel)).withFreezeDelay(7),
        "'units': 3, 'ema_freeze_delay': 7, 'folding_mode': 'ema_stats_folding', 'kernel_quantizer': " + bits);
  }

  /// Writes a file with a layer of this class and options and with random weights, and compares what is read from it
  /// with the layer that is expected.
  private void check(String type, Shape sample, Layer layer, String options) throws IOException {
    check(type, sample, layer, options, Map.of());
  }

  /// @param names what Keras calls parameters, or parts of a layer, where it differs
  private void check(String type, Shape sample, Layer layer, String options, Map<String, String> names)
      throws IOException {
    Layer named = new NamedLayer(layer, "l");
    Model expected = Model.build("m", 5, net -> net.output("l", net.apply(named, net.input("l_input", sample.dims()))));
    randomize(expected.parameters());
    KerasFile file = new KerasFile();
    write(expected.parameters(), names, file);
    String shape = Arrays.stream(sample.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    Model read = Keras.read(file.write(temp, ("{'class_name': 'Sequential', 'config': {'name': 'm', 'layers': [{"
        + "'class_name': '" + type + "', 'config': {'name': 'l', 'batch_input_shape': [null, " + shape + "], "
        + options + "}}]}}").replace('\'', '"')));
    assertThat(read.inference().toString()).as(type).isEqualTo(expected.inference().toString());
    assertThat(read.training().toString()).as(type).isEqualTo(expected.training().toString());
    for (String name : expected.parameters().names()) {
      assertThat(read.parameters().get(name).data()).as(name).isEqualTo(expected.parameters().get(name).data());
    }
  }

  private static void randomize(Parameters parameters) {
    Model numbers = Model.build("random", 3, net -> {
      for (String name : parameters.names()) {
        net.scope("s", () -> net.parameter(name.replace('/', '_'), parameters.get(name).shape(),
            Initializer.uniform(0.1f, 1f)));
      }
      net.output("y", net.graph().constant(0f));
    });
    for (String name : parameters.names()) {
      if (!name.endsWith("iteration")) {
        parameters.set(name, numbers.parameters().get("s/" + name.replace('/', '_')));
      }
    }
  }

  private static void write(Parameters parameters, Map<String, String> names, KerasFile file) {
    for (String name : parameters.names()) {
      String keras = Arrays.stream(name.substring(name.indexOf('/') + 1).split("/"))
          .map(part -> names.getOrDefault(part, part)).collect(Collectors.joining("/"));
      Tensor t = parameters.get(name);
      if (name.endsWith("/bias") && parameters.contains(name.replaceFirst("bias$", "recurrent_bias"))) {
        Tensor both = Tensor.zeros(Shape.of(2, t.size()));
        System.arraycopy(t.data(), 0, both.data(), 0, t.size());
        Tensor second = parameters.get(name.replaceFirst("bias$", "recurrent_bias"));
        System.arraycopy(second.data(), 0, both.data(), t.size(), t.size());
        file.weight("l/l/" + keras + ":0", both);
      } else if (!name.endsWith("recurrent_bias") && !name.endsWith("iteration")) {
        file.weight("l/l/" + keras + ":0", t);
      }
    }
  }
}
