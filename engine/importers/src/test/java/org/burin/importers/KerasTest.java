package org.burin.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.burin.io.FileFormatException;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KerasTest {
  private static final String DENSE = "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1}, 'name': 'd', "
      + "'inbound_nodes': [[['a', 0, 0, {}]]]}";
  private static final Tensor KERNEL = Tensor.of(Shape.of(2, 1), 3f, 5f);
  private static final Tensor BIAS = Tensor.vector(1f);

  @TempDir private Path temp;

  private static String input(String name, int size) {
    return "{'class_name': 'InputLayer', 'config': {'name': '" + name + "', 'batch_input_shape': [null, " + size
        + "]}, 'name': '" + name + "', 'inbound_nodes': []}";
  }

  private static String functional(String name, String inputs, String outputs, String... layers) {
    return ("{'class_name': 'Functional', 'config': {'name': '" + name + "', 'layers': ["
        + String.join(", ", layers) + "], 'input_layers': " + inputs + ", 'output_layers': " + outputs + "}}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static KerasFile weights() {
    return new KerasFile().weight("d/d/kernel:0", KERNEL).weight("d/d/bias:0", BIAS);
  }

  /// A part that is called twice, as in the published networks: the calls in the file are numbered from 1.
  private static String shared() {
    String base = functional("base", "[['a', 0, 0], ['b', 0, 0]]", "[['d', 0, 0]]", input("a", 1), input("b", 1),
        "{'class_name': 'Concatenate', 'config': {'name': 'c', 'axis': -1}, 'name': 'c', "
            + "'inbound_nodes': [[['a', 0, 0, {}], ['b', 0, 0, {}]]]}",
        DENSE.replace("['a', 0", "['c', 0"),
        "{'class_name': 'Activation', 'config': {'name': 'r', 'activation': 'relu'}, 'name': 'r', "
            + "'inbound_nodes': [[['d', 0, 0, {}]]]}");
    String layer = base.substring(0, base.length() - 1) + ", 'name': 'base', 'inbound_nodes': "
        + "[[['x', 0, 0, {}], ['y', 0, 0, {}]], [['y', 0, 0, {}], ['x', 0, 0, {}]]]}";
    return functional("m", "[['x', 0, 0], ['y', 0, 0]]", "[['s', 0, 0], ['base', 1, 0]]", input("x", 1),
        input("y", 1), layer, "{'class_name': 'Subtract', 'config': {'name': 's'}, 'name': 's', "
            + "'inbound_nodes': [[['base', 1, 0, {}], ['base', 2, 0, {}]]]}");
  }

  @Test
  void aNestedModelIsCalledTwiceWithTheSameParameters() throws IOException {
    Path file = new KerasFile().weight("base/d/kernel:0", KERNEL).weight("base/d/bias:0", BIAS)
        .write(temp, json(shared()));
    Model m = Keras.read(file);
    assertThat(m.parameters().names()).containsExactly("base/d/kernel", "base/d/bias");
    Map<String, Tensor> y = m.predict(
        Map.of("x", Tensor.of(Shape.of(1, 1), 10f), "y", Tensor.of(Shape.of(1, 1), 100f)));
    assertThat(y.get("base").data()).containsExactly(3 * 10 + 5 * 100 + 1);
    assertThat(y.get("s").data()).containsExactly((3 * 10 + 5 * 100) - (3 * 100 + 5 * 10));
    assertThat(m.metadata()).containsEntry("origin", "keras 2.5.0");
  }

  @Test
  void aLayerIsCalledTwiceWithTheSameParameters() throws IOException {
    String twice = functional("m", "[['a', 0, 0], ['b', 0, 0]]", "[['s', 0, 0]]", input("a", 2), input("b", 2),
        DENSE.replace("[[['a', 0, 0, {}]]]", "[[['a', 0, 0, {}]], [['b', 0, 0, {}]]]"),
        "{'class_name': 'ReLU', 'config': {'name': 'r'}, 'name': 'r', "
            + "'inbound_nodes': [[['d', 0, 0, {}]], [['d', 1, 0, {}]]]}",
        "{'class_name': 'Add', 'config': {'name': 's'}, 'name': 's', "
            + "'inbound_nodes': [[['r', 0, 0, {}], ['r', 1, 0, {}]]]}");
    Model m = Keras.read(weights().write(temp, json(twice)));
    Map<String, Tensor> y = m.predict(
        Map.of("a", Tensor.of(Shape.of(1, 2), 1f, 0f), "b", Tensor.of(Shape.of(1, 2), 0f, 1f)));
    assertThat(y.get("s").data()).containsExactly(3 + 1 + 5 + 1);
  }

  @Test
  void configurationsOfKeras3AreRead() throws IOException {
    String tensor = "{'class_name': '__keras_tensor__', 'config': {'shape': [null, 2], 'dtype': 'float32', "
        + "'keras_history': ['a', 0, 0]}}";
    String config = functional("m", "['a', 0, 0]", "['h', 0, 0]",
        input("a", 2).replace("batch_input_shape", "batch_shape"),
        DENSE.replace("[[['a', 0, 0, {}]]]", "[{'args': [" + tensor + "], 'kwargs': {}}]"),
        "{'class_name': 'Activation', 'config': {'name': 'h', 'activation': {'module': 'builtins', 'class_name': "
            + "'function', 'config': 'hard_sigmoid', 'registered_name': 'function'}}, 'name': 'h', 'inbound_nodes': "
            + "[{'args': [" + tensor.replace("'a'", "'d'") + "], 'kwargs': {'training': false}}]}");
    Path file = new KerasFile().version("3.4.1").weight("d/d/kernel", KERNEL).weight("d/d/bias", BIAS)
        .write(temp, json(config));
    Model m = Keras.read(file);
    // Keras 3 has x / 6 + 1/2.
    assertThat(m.predict(Tensor.of(Shape.of(1, 2), 0f, 0.1f)).data()).containsExactly(1.5f * (1f / 6) + 0.5f);
  }

  @Test
  void architectureAndWeightsMayBeTwoFiles() throws IOException {
    Path architecture = temp.resolve("m.json");
    Files.writeString(architecture, json(functional("m", "[['a', 0, 0]]", "[['d', 0, 0]]", input("a", 2), DENSE)));
    Model m = Keras.read(architecture, weights().write(temp));
    assertThat(m.predict(Tensor.of(Shape.of(1, 2), 1f, 1f)).data()).containsExactly(9f);
  }

  // ---- errors -------------------------------------------------------------------------------------------------------

  private void assertRefused(String layer, String message) {
    Path file = weights().write(temp, json(functional("m", "[['a', 0, 0]]", "[['d', 0, 0]]", input("a", 2), layer)));
    assertThatThrownBy(() -> Keras.read(file)).isInstanceOf(FileFormatException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void whatIsUnknownIsNamed() {
    assertRefused(DENSE.replace("Dense", "Lambda"), "layer 'd' (Lambda): layers of class Lambda cannot be imported");
    assertRefused(DENSE.replace("'units': 1", "'units': 1, 'activation': 'mish'"),
        "layer 'd' (Dense): 'activation': expected an activation of Keras or a quantizer of QKeras, found \"mish\"");
    assertRefused(DENSE.replace("'units': 1", "'units': 1, 'kernel_quantizer': 'quantized_foo(3)'"),
        "layer 'd' (Dense), kernel_quantizer quantized_foo: unknown quantizer 'quantized_foo'; known are [binary, "
            + "quantized_bits, quantized_hswish, quantized_linear, quantized_po2, quantized_relu, quantized_relu_po2, "
            + "quantized_sigmoid, quantized_tanh, quantized_ulaw, stochastic_binary, stochastic_ternary, ternary]");
    assertRefused(DENSE.replace("'units': 1", "'units': 1, 'kernel_quantizer': 'quantized_bits(3, bit=4)'"),
        "layer 'd' (Dense), kernel_quantizer: there is no option 'bit'; options are [bits, integer, symmetric, "
            + "keep_negative, alpha, use_stochastic_rounding, scale_axis, qnoise_factor] and [var_name, use_ste, "
            + "use_variables, elements_per_scale, min_po2_exponent, max_po2_exponent, relu_shift, relu_upper_bound], "
            + "found 'quantized_bits(3, bit=4)'");
    assertRefused(DENSE.replace("'units': 1", "'units': 1, 'kernel_quantizer': 'quantized_bits(40)'"),
        "layer 'd' (Dense), kernel_quantizer quantized_bits: quantized_bits: bits must be 1 to 32, found 40");
  }

  @Test
  void optionsThatAreWrongAreNamed() {
    assertRefused(DENSE.replace("'units': 1", "'size': 1"), "layer 'd' (Dense): 'units' is missing");
    assertRefused(DENSE.replace("'units': 1", "'units': 'one'"),
        "layer 'd' (Dense): 'units': expected a whole number, found \"one\"");
    assertRefused(DENSE.replace("['a', 0, 0, {}]", "['b', 0, 0, {}]"),
        "model 'm': there is no layer 'b', which others refer to");
    assertRefused(DENSE.replace("['a', 0, 0, {}]", "['a', 1, 0, {}]"),
        "model 'm': output 0 of call 1 of layer 'a' is referred to; it has 1 calls and 1 outputs");
    assertRefused(DENSE.replace("['a', 0, 0, {}]", "['d', 0, 0, {}]"), "model 'm': layer 'd' takes its own result");
    assertRefused(DENSE.replace("0, {}", "0, {'mask': 1}"),
        "layer 'd' (Dense): a call has the argument 'mask', which is not supported: 1");
    assertRefused("{'class_name': 'BatchNormalization', 'config': {'name': 'd', 'axis': [0]}, 'name': 'd', "
            + "'inbound_nodes': [[['a', 0, 0, {}]]]}",
        "layer d: 'axis': expected the last one, 1 of shape [N,2], found 0");
  }

  @Test
  void weightsThatAreMissingOrDoNotFitAreNamed() {
    String config = json(functional("m", "[['a', 0, 0]]", "[['d', 0, 0]]", input("a", 2), DENSE));
    Path file = new KerasFile().weight("d/d/kernel:0", KERNEL).write(temp, config);
    assertThatThrownBy(() -> Keras.read(file))
        .hasMessage(file + ": layer 'd': there is no dataset 'bias'; the layer has [d/d/kernel:0]");
    new KerasFile().weight("d/d/kernel:0", Tensor.zeros(Shape.of(3, 1))).weight("d/d/bias:0", BIAS)
        .write(temp, config);
    assertThatThrownBy(() -> Keras.read(file))
        .hasMessage(file + ": dataset 'd/d/kernel:0': expected shape [2,1], found [3, 1]");
    weights().weight("e/e/kernel:0", KERNEL).write(temp, config);
    assertThatThrownBy(() -> Keras.read(file))
        .hasMessage(file + ": the model has no place for the datasets [e/e/kernel:0]");
    weights().weight("d/e/kernel:0", KERNEL).write(temp, config);
    assertThatThrownBy(() -> Keras.read(file))
        .hasMessageStartingWith(file + ": layer 'd': expected one dataset 'kernel', found [d/");
  }

  @Test
  void filesThatAreNoModelsAreNamed() throws IOException {
    Path none = temp.resolve("none.h5");
    assertThatThrownBy(() -> Keras.read(none)).isInstanceOf(NoSuchFileException.class)
        .hasMessage(none.toString());
    Path text = Files.writeString(temp.resolve("text.h5"), "no model at all, but some text that is long enough");
    assertThatThrownBy(() -> Keras.read(text)).isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(text + ": no HDF5 file, or it is cut off or damaged: ");
    Path weightsAlone = weights().write(temp);
    assertThatThrownBy(() -> Keras.read(weightsAlone)).hasMessage(weightsAlone + ": there is no attribute "
        + "'model_config', so this is a file of weights alone; give the architecture (JSON) too");
    Path broken = weights().write(temp, "{\"class_name\"");
    assertThatThrownBy(() -> Keras.read(broken))
        .hasMessageStartingWith(broken + ": attribute 'model_config' is no JSON");
    Path list = weights().write(temp, "[]");
    assertThatThrownBy(() -> Keras.read(list))
        .hasMessage(list + ": model configuration: expected a JSON object, found []");
  }

  @Test
  void whereverAFileIsCutOffItIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(weights().write(temp,
        json(functional("m", "[['a', 0, 0]]", "[['d', 0, 0]]", input("a", 2), DENSE))));
    for (int length = 0; length < whole.length; length += 97) {
      Path cut = Files.write(temp.resolve("cut.h5"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Keras.read(cut)).as("%d of %d bytes", length, whole.length)
          .isInstanceOf(FileFormatException.class).hasMessageStartingWith(cut + ": ");
    }
  }
}
