package org.burin.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.ir.Op;
import org.burin.nn.Model;

/// What `burin inspect --json` tells of a model.
final class ModelReport {
  private ModelReport() {}

  /// Name, shapes, size and notes.
  static Report of(Model model) {
    Map<String, String> inputs = new LinkedHashMap<>();
    model.inference().inputs().forEach(v -> inputs.put(((Op.Input) v.op()).name(), v.shape().toString()));
    Map<String, String> outputs = new LinkedHashMap<>();
    model.inference().outputs().forEach((name, v) -> outputs.put(name, v.shape().toString()));
    return new Report("inspect")
        .add("model", model.name())
        .add("inputs", inputs)
        .add("outputs", outputs)
        .add("parameters", model.parameters().count())
        .add("trainable", model.parameters().trainableCount())
        .add("quantized", model.isQuantized())
        .add("notes", model.metadata());
  }
}
