package org.burin.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.burin.io.AtomicFiles;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The folder that training writes to; does nothing where there is none.
final class Folder {
  static final String CHECKPOINT = "checkpoint.burin";
  static final String MODEL = "model.burin";
  static final String BEST = "best.burin";
  static final String JSON = "history.json";
  static final String CSV = "history.csv";

  private final @Nullable Path path;
  private final Model model;
  private final Map<String, String> settings;
  private long savedStep = -1;

  /// @param settings what has to be the same for training to be resumed
  Folder(@Nullable Path path, Model model, Map<String, String> settings) {
    this.path = path;
    this.model = model;
    this.settings = settings;
  }

  /// Writes one file of the folder.
  @FunctionalInterface
  private interface Writing {
    void to(Path file) throws IOException;
  }

  /// Makes the folder ready for training from the start.
  ///
  /// @throws TrainingException when a checkpoint or a model is there already
  void begin() {
    if (path == null) {
      return;
    }
    for (String name : new String[] {CHECKPOINT, MODEL, BEST}) {
      if (Files.exists(path.resolve(name))) {
        throw new TrainingException(path.resolve(name) + " exists already and is not overwritten; resume the training "
            + "that wrote it, or choose another folder");
      }
    }
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new TrainingException("the folder " + path + " cannot be created: " + reason(e), e);
    }
  }

  /// Copies the checkpoint into the model, the state and the slots; or nothing, where it does not fit.
  ///
  /// @throws TrainingException when there is none, it is damaged or it is of another model or other settings
  void load(TrainingState state, Map<String, Tensor> slots) {
    if (path == null) {
      throw new TrainingException("there is nothing to resume: no folder is set; set that of the training to resume");
    }
    Path file = path.resolve(CHECKPOINT);
    if (!Files.exists(file)) {
      throw new TrainingException(
          "there is nothing to resume: " + file + " does not exist; start training, or name the folder of one that "
              + "was started");
    }
    Checkpoint.read(file).into(model, settings, state, slots);
    savedStep = state.step;
  }

  /// Writes the checkpoint.
  void save(TrainingState state, Map<String, Tensor> slots) {
    write(CHECKPOINT, file -> Checkpoint.write(file, model, settings, state, slots));
    savedStep = state.step;
  }

  /// Writes the model with its present parameters as the best one.
  void saveBest() {
    write(BEST, file -> ModelFile.write(file, model));
  }

  /// Writes the model with its present parameters as the result.
  void saveModel() {
    write(MODEL, file -> ModelFile.write(file, model));
  }

  /// Writes the history in both forms.
  void saveHistory(History history) {
    write(JSON, file -> AtomicFiles.writeString(file, history.toJson()));
    write(CSV, file -> AtomicFiles.writeString(file, history.toCsv()));
  }

  /// What an error says of the last good checkpoint.
  String lastGood() {
    return path == null
        ? "; no checkpoint is kept, as no folder is set"
        : "; " + path.resolve(CHECKPOINT) + " holds the state after step " + savedStep;
  }

  private void write(String name, Writing writing) {
    if (path == null) {
      return;
    }
    try {
      writing.to(path.resolve(name));
    } catch (IOException e) {
      throw new TrainingException(path.resolve(name) + " cannot be written: " + reason(e) + "; make room or choose "
          + "another folder"
          + (savedStep < 0 ? "" : lastGood()), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
