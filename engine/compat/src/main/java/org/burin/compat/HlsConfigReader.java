package org.burin.compat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.burin.compat.ConfigText.Node;
import org.burin.compat.HlsConfig.Section;
import org.burin.compat.HlsConfig.Strategy;
import org.burin.compat.HlsLayer.Softmax.Implementation;
import org.burin.fixed.FixedType;

/// Makes an [HlsConfig] of a configuration's text. Keys that hls4ml does not know are errors; those that do not change
/// a number are read over.
final class HlsConfigReader {
  private static final List<String> FILE_KEYS = List.of("Backend", "BuildOptions", "ClockPeriod", "ClockUncertainty",
      "HLSConfig", "IOType", "InputData", "InputShapes", "KerasModel", "OnnxModel", "OutputDir", "OutputPredictions",
      "Part", "ProjectDir", "ProjectName", "PytorchModel", "Stamp", "TraceOutput", "Version", "WriterConfig");
  private static final List<String> SECTION_KEYS = List.of("Flows", "LayerName", "LayerType", "Model", "Optimization",
      "Optimizers", "SkipOptimizers");
  private static final List<String> MODEL_KEYS = List.of("BitExact", "BramFactor", "ChannelsLastConversion",
      "Compression", "ConvImplementation", "PipelineInterval", "PipelineStyle", "Precision", "ReuseFactor", "Strategy",
      "TargetCycles", "TraceOutput", "TransposeOutputs");
  private static final List<String> LAYER_KEYS = List.of("BramFactor", "Compression", "ConvImplementation",
      "Implementation", "ParallelizationFactor", "Precision", "ReuseFactor", "Skip", "Strategy", "TableSize",
      "TargetCycles", "Trace", "accum_t", "bias_t", "exp_table_t", "implementation", "inv_inp_t", "inv_table_t", "param_t", "result_t",
      "scale_t", "table_size", "table_t", "weight_t");
  private static final List<String> VARIABLES = List.of("accum", "bias", "default", "depthwise", "exp_table", "inv_inp",
      "inv_table", "maximum", "param", "pointwise", "result", "scale", "shift", "slope", "table", "weight");

  private final String source;

  private HlsConfigReader(String source) {
    this.source = source;
  }

  static HlsConfig read(String text, String source) {
    return new HlsConfigReader(source).config(ConfigText.read(text, source));
  }

  private HlsConfig config(Node root) {
    Node settings = root;
    if (root.entries().containsKey("HLSConfig")) {
      known(root, FILE_KEYS, "a configuration file");
      settings = root.entries().get("HLSConfig");
    }
    known(settings, SECTION_KEYS, "HLSConfig");
    Section model = Section.EMPTY;
    Map<String, Section> types = new TreeMap<>();
    Map<String, Section> names = new TreeMap<>();
    for (Map.Entry<String, Node> e : settings.entries().entrySet()) {
      Node node = e.getValue();
      switch (e.getKey()) {
        case "Model" -> model = section(node, MODEL_KEYS, "Model");
        case "LayerType" -> sections(node, types, "LayerType");
        case "LayerName" -> sections(node, names, "LayerName");
        default -> throw error(
            node, e.getKey() + " changes what is computed in ways that are not reproduced here; remove it");
      }
    }
    return new HlsConfig(model, types, names);
  }

  private void sections(Node node, Map<String, Section> to, String where) {
    node.entries().forEach((name, entry) ->
        to.put(name.toLowerCase(Locale.ROOT), section(entry, LAYER_KEYS, where + " " + name)));
  }

  private Section section(Node node, List<String> keys, String where) {
    known(node, keys, where);
    Map<String, Optional<FixedType>> precision = new LinkedHashMap<>();
    Optional<Integer> reuse = Optional.empty();
    Optional<Strategy> strategy = Optional.empty();
    Optional<Integer> tableSize = Optional.empty();
    Optional<Implementation> implementation = Optional.empty();
    for (Map.Entry<String, Node> e : node.entries().entrySet()) {
      Node value = e.getValue();
      switch (e.getKey()) {
        case "Precision" -> precisions(value, precision, where);
        case "ReuseFactor" -> reuse = Optional.of(positive(value));
        case "Strategy" -> strategy = Optional.of(strategy(value));
        case "TableSize", "table_size" -> tableSize = Optional.of(positive(value));
        case "BitExact", "Compression", "Skip" -> off(e.getKey(), value);
        case "TraceOutput", "Trace", "BramFactor", "ConvImplementation", "ParallelizationFactor", "PipelineInterval",
            "PipelineStyle", "TargetCycles", "ChannelsLastConversion", "TransposeOutputs" -> { }
        case "Implementation", "implementation" -> implementation = Optional.of(implementation(value));
        default -> precision.put(e.getKey().substring(0, e.getKey().length() - 2), type(value));
      }
    }
    return new Section(precision, reuse, strategy, tableSize, implementation);
  }

  private void precisions(Node node, Map<String, Optional<FixedType>> to, String where) {
    if (node.isScalar()) {
      to.put("default", type(node));
      return;
    }
    known(node, VARIABLES, "Precision of " + where);
    node.entries().forEach((variable, value) -> to.put(variable, type(value)));
  }

  private Optional<FixedType> type(Node node) {
    if (node.text().equals("auto")) {
      return Optional.empty();
    }
    try {
      return Optional.of(FixedType.parse(node.text()));
    } catch (IllegalArgumentException e) {
      throw error(node, String.valueOf(e.getMessage()));
    }
  }

  private int positive(Node node) {
    try {
      int n = Integer.parseInt(node.text());
      if (n > 0) {
        return n;
      }
    } catch (NumberFormatException e) {
      throw error(node, "expected a positive whole number, found '" + node.text() + "'");
    }
    throw error(node, "expected a positive whole number, found '" + node.text() + "'");
  }

  private Strategy strategy(Node node) {
    return switch (node.text().toLowerCase(Locale.ROOT)) {
      case "latency" -> Strategy.LATENCY;
      case "resource" -> Strategy.RESOURCE;
      default -> throw error(node, "strategy '" + node.text() + "' is not reproduced; known are Latency, Resource");
    };
  }

  private Implementation implementation(Node node) {
    for (Implementation i : Implementation.values()) {
      if (i.name().equalsIgnoreCase(node.text())) {
        return i;
      }
    }
    throw error(node, "unknown implementation '" + node.text() + "' of softmax; known are "
        + Arrays.toString(Implementation.values()).toLowerCase(Locale.ROOT));
  }

  private void off(String key, Node node) {
    if (!List.of("false", "False", "0", "null", "None").contains(node.text())) {
      throw error(node, key + " changes what is computed in ways that are not reproduced here; set it to false");
    }
  }

  private void known(Node node, List<String> keys, String where) {
    if (node.isScalar()) {
      throw error(node, where + " has sections of its own, found '" + node.text() + "'");
    }
    node.entries().forEach((key, value) -> {
      if (!keys.contains(key)) {
        throw error(value, "unknown key '" + key + "' in " + where + "; known are " + keys);
      }
    });
  }

  private HlsConfigException error(Node node, String message) {
    return new HlsConfigException(source + ":" + node.line() + ": " + message);
  }
}
