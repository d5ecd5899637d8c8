package org.burin.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.io.SectionFile;
import org.burin.io.TensorSections;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.nn.Parameters;
import org.burin.tensor.Tensor;

/// A training's state in a file: a [ModelFile] with these sections more: `training/state` ([StateText]),
/// `training/slots/...` (the optimizer's tensors) and, where the best weights are asked for and known,
/// `training/best/...`.
///
/// Random numbers need no state: they are functions of the seed and the step.
final class Checkpoint {
  private static final String STATE = "training/state";
  private static final String SLOTS = "training/slots";
  private static final String BEST = "training/best";
  private static final List<String> STRUCTURE =
      List.of("graph/training", "graph/inference", "parameters/kinds", "parameters/index");

  private final SectionFile file;
  private final StateText text;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> slots;
  private final Map<String, Tensor> best;

  private Checkpoint(SectionFile file) throws IOException {
    this.file = file;
    this.text = StateText.parse(file.text(STATE));
    this.parameters = TensorSections.get(file, "parameters");
    this.slots = TensorSections.get(file, SLOTS);
    this.best = file.names().contains(BEST + "/index") ? TensorSections.get(file, BEST) : Map.of();
  }

  /// Creates or replaces a checkpoint, atomically.
  static void write(
      Path file, Model model, Map<String, String> settings, TrainingState state, Map<String, Tensor> slots)
      throws IOException {
    Map<String, byte[]> sections = new LinkedHashMap<>(ModelFile.sections(model));
    sections.put(STATE, StateText.print(state, settings).getBytes(StandardCharsets.UTF_8));
    TensorSections.put(sections, SLOTS, slots);
    if (state.bestParameters != null) {
      TensorSections.put(sections, BEST, state.bestParameters.tensors());
    }
    SectionFile.write(file, sections);
  }

  /// Reads all of a checkpoint.
  ///
  /// @throws TrainingException when it cannot be read, is damaged or is no checkpoint
  static Checkpoint read(Path file) {
    try {
      return new Checkpoint(SectionFile.read(file));
    } catch (IOException e) {
      throw new TrainingException("training cannot be resumed: " + e.getMessage(), e);
    }
  }

  /// Copies everything into the model, the state and the slots; or nothing, where something does not fit.
  ///
  /// @throws TrainingException when it is of another model or other settings
  void into(Model model, Map<String, String> settings, TrainingState state, Map<String, Tensor> into) {
    checkModel(model);
    List<String> differences = text.differences(settings);
    if (!differences.isEmpty()) {
      throw new TrainingException(file.file() + " is a checkpoint of a training with other settings:\n  "
          + String.join("\n  ", differences) + "\nset these as they were, or start a training in another folder");
    }
    if (!slots.keySet().equals(into.keySet())) {
      throw new TrainingException(file.file() + " holds the optimizer's tensors " + slots.keySet()
          + ", this optimizer keeps " + into.keySet()
          + "; take the optimizer that it was written with, or start a training in another folder");
    }
    try {
      text.restore(state);
    } catch (IllegalArgumentException e) {
      throw new TrainingException(file.file() + ": section '" + STATE + "': " + e.getMessage()
          + "; the file is damaged, restore it from a copy", e);
    }
    parameters.forEach(model.parameters()::set);
    into.forEach((name, t) -> {
      Tensor saved = Objects.requireNonNull(slots.get(name));
      System.arraycopy(saved.data(), 0, t.data(), 0, t.size());
    });
    if (!best.isEmpty()) {
      Parameters copy = model.parameters().copy();
      best.forEach(copy::set);
      state.bestParameters = copy;
    }
  }

  private void checkModel(Model model) {
    Map<String, byte[]> now = ModelFile.sections(model);
    for (String section : STRUCTURE) {
      String before = section(section);
      String found = new String(now.getOrDefault(section, new byte[0]), StandardCharsets.UTF_8);
      if (!before.equals(found)) {
        String[] a = before.split("\n", -1);
        String[] b = found.split("\n", -1);
        int line = Math.max(0, Arrays.mismatch(a, b));
        throw new TrainingException(file.file() + " is a checkpoint of another model: section '" + section
            + "' differs in line " + (line + 1) + ": '" + (line < a.length ? a[line] : "")
            + "' there, '" + (line < b.length ? b[line] : "")
            + "' in model '" + model.name() + "'; build the model as it was, or start a training in another folder");
      }
    }
  }

  private String section(String name) {
    try {
      return file.text(name);
    } catch (IOException e) {
      throw new TrainingException("training cannot be resumed: " + e.getMessage(), e);
    }
  }
}
