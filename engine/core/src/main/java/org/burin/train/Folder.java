package org.burin.train;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.burin.io.AtomicFiles;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.train.History.Epoch;
import org.burin.train.ParetoFront.Point;
import org.burin.train.Settings.Monitor;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The folder that training writes to; does nothing where there is none.
final class Folder {
  static final String CHECKPOINT = "checkpoint.burin";
  static final String MODEL = "model.burin";
  static final String BEST = "best.burin";
  static final String JSON = "history.json";
  static final String CSV = "history.csv";
  static final String FRONT = "pareto";
  static final String FRONT_CSV = FRONT + "/pareto.csv";
  static final String FRONT_SVG = FRONT + "/pareto.svg";

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
    for (String name : new String[] {CHECKPOINT, MODEL, BEST, FRONT_CSV}) {
      if (Files.exists(path.resolve(name))) {
        throw new TrainingException(path.resolve(name) + " exists already and is not overwritten; resume the training "
            + "that wrote it, or choose another folder");
      }
    }
    createFolder("");
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

  /// Writes the model with its present parameters, if its epoch, the last one, is not beaten. To be called before the
  /// checkpoint of the epoch is written: then every model of the front that a checkpoint implies exists.
  void saveFrontMember(Monitor front, List<Epoch> history) {
    Epoch last = history.getLast();
    for (Point p : front(front, history).front()) {
      if (p.epoch() == last.number()) {
        createFolder(FRONT);
        write(FRONT + "/" + p.file(), file -> ModelFile.write(file, model));
      }
    }
  }

  /// Writes table and chart of the front, and deletes the models that are not in it. To be called after the checkpoint.
  void showFront(@Nullable Monitor front, List<Epoch> history) {
    if (path == null || front == null) {
      return;
    }
    createFolder(FRONT);
    ParetoFront found = front(front, history);
    write(FRONT_CSV, file -> AtomicFiles.writeString(file, found.toCsv()));
    write(FRONT_SVG, file -> AtomicFiles.writeString(file, found.toSvg()));
    Set<String> members = found.front().stream().map(Point::file).collect(Collectors.toSet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path.resolve(FRONT), "epoch_*.burin")) {
      for (Path file : files) {
        if (!members.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new TrainingException("a model that is beaten cannot be deleted: " + reason(e) + lastGood(), e);
    }
  }

  private static ParetoFront front(Monitor front, List<Epoch> history) {
    return ParetoFront.of(front.name(), front.higherIsBetter(), history);
  }

  private void createFolder(String name) {
    if (path != null) {
      try {
        Files.createDirectories(path.resolve(name));
      } catch (IOException e) {
        throw new TrainingException("the folder " + (name.isEmpty() ? path : path.resolve(name)) + " cannot be created: " + reason(e), e);
      }
    }
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
