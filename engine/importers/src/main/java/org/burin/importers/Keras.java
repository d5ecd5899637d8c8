package org.burin.importers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.importers.WeightsFile.Stored;
import org.burin.io.FileFormatException;
import org.burin.ir.GraphException;
import org.burin.nn.Model;
import org.burin.nn.Parameters;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Models that Keras 2 and 3 and QKeras saved as HDF5 (`model.save("m.h5")`), or as architecture (`model.to_json()`)
/// and weights (`model.save_weights("w.h5")`).
///
/// Functional and sequential models, nested ones and layers that are called several times included. Parameters are
/// called `MODEL/LAYER/kernel` and so on, where `MODEL` is there for layers of nested models only. Inputs are called
/// like the input layers, outputs like the layers that give them. What is needed for training only is not read:
/// optimizers, losses, constraints, initializers.
public final class Keras {
  private Keras() {}

  /// Reads a model with its configuration and weights from one file.
  ///
  /// @throws FileFormatException when the file is not HDF5, is cut off, has no configuration, or has layers, options or
  ///     weights that cannot be used: which, what was expected, what was found
  /// @throws IOException when the file cannot be read
  public static Model read(Path file) throws IOException {
    try (WeightsFile weights = new WeightsFile(file)) {
      String text = weights.attribute("model_config").orElseThrow(() -> new ImportProblem(
          "there is no attribute 'model_config', so this is a file of weights alone; give the architecture (JSON) "
              + "too"));
      return model(json("attribute 'model_config'", text), weights);
    } catch (ImportProblem | GraphException e) {
      throw new FileFormatException(file, message(e), e);
    }
  }

  /// Reads a model from an architecture and a file of weights.
  ///
  /// @param architecture what `model.to_json()` gave
  /// @param weights a file of weights, or of a whole model, whose configuration is then not read
  /// @throws FileFormatException when one of the files cannot be used, as [#read(Path)]; the message names it
  /// @throws IOException when a file cannot be read
  public static Model read(Path architecture, Path weights) throws IOException {
    JsonElement config;
    try {
      config = json("architecture", Files.readString(architecture, StandardCharsets.UTF_8));
    } catch (ImportProblem e) {
      throw new FileFormatException(architecture, message(e), e);
    }
    try (WeightsFile file = new WeightsFile(weights)) {
      return model(config, file);
    } catch (ImportProblem | GraphException e) {
      throw new FileFormatException(weights, message(e), e);
    }
  }

  private static String message(RuntimeException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  private static JsonElement json(String what, String text) {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new ImportProblem(what + " is no JSON: " + e.getMessage(), e);
    }
  }

  private static Model model(JsonElement config, WeightsFile weights) {
    String version = config instanceof JsonObject o && o.get("keras_version") instanceof JsonPrimitive p
        ? p.getAsString()
        : weights.attribute("keras_version").orElse("2");
    Network network = Network.of(config, version.startsWith("3") ? 3 : 2);
    NetworkBuilder builder = new NetworkBuilder(network);
    Model model = Model.build(network.name(), 0, builder::build);
    Map<String, List<String>> layers = builder.layers();
    Parameters parameters = model.parameters();
    for (String name : parameters.names()) {
      fill(parameters, name, layers, weights);
    }
    weights.requireAllUsed();
    return model.withMetadata("origin", "keras " + version);
  }

  private static void fill(
      Parameters parameters, String name, Map<String, List<String>> layers, WeightsFile weights) {
    int end = name.lastIndexOf('/');
    String leaf = name.substring(end + 1);
    if (leaf.equals("iteration")) {
      return; // counts training steps
    }
    Tensor into = parameters.get(name);
    String path = name.substring(0, end);
    String part = "";
    List<String> layer = layers.get(path);
    if (layer == null) {
      // The two parts of a bidirectional layer.
      int last = path.lastIndexOf('/');
      part = path.substring(last + 1) + "_";
      layer = Objects.requireNonNull(layers.get(path.substring(0, last)), path);
    }
    Stored stored = weights.weight(layer, part, ParameterNames.leaves(leaf));
    boolean gru = parameters.contains(path + "/recurrent_bias");
    Shape shape = into.shape();
    if (gru && leaf.endsWith("bias")) {
      parameters.set(name, stored.row(leaf.equals("bias") ? 0 : 1, 2, shape));
    } else {
      parameters.set(name, stored.tensor(shape));
    }
  }
}
