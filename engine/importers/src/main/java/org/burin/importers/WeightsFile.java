package org.burin.importers;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Keras' HDF5 files: a model's configuration, and weights found by the names of layers.
///
/// Weights lie in `/model_weights/LAYER/.../WEIGHT:0`, in a file of weights alone in `/LAYER/.../WEIGHT:0`. What stands
/// between depends on versions and name scopes; a nested layer's name is part of it.
final class WeightsFile implements AutoCloseable {
  private static final String WEIGHTS = "model_weights";

  /// Weights that only training needs, which models here do not have.
  private static final Set<String> UNUSED = Set.of("iteration", "qnoise_factor", "count", "seed_generator_state");

  private final HdfFile file;
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();

  /// Opens a file.
  ///
  /// @throws IOException when it cannot be read
  /// @throws ImportProblem when it is no HDF5 file or is cut off
  WeightsFile(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try {
      file = new HdfFile(path);
      collect(file.getChildren().get(WEIGHTS) instanceof Group group ? group : file, "");
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private void collect(Group group, String prefix) {
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      String path = prefix + child.getKey();
      switch (child.getValue()) {
        case Dataset d -> datasets.put(path, d);
        case Group g when !path.equals("optimizer_weights") -> collect(g, path + "/");
        default -> { }
      }
    }
  }

  /// A text that belongs to the whole file, such as `model_config`.
  Optional<String> attribute(String name) {
    try {
      for (Group group : groups()) {
        if (group.getAttributes().containsKey(name)) {
          return Optional.of(String.valueOf(group.getAttribute(name).getData()));
        }
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private List<Group> groups() {
    return file.getChildren().get(WEIGHTS) instanceof Group group ? List.of(file, group) : List.of(file);
  }

  /// The weight of a layer.
  ///
  /// @param path the names of the layer and of the models around it, outermost first
  /// @param part what the name of a layer inside it begins with: `forward_` or `backward_`, else empty
  /// @param names what the weight may be called
  /// @throws ImportProblem when there is none or more than one
  Stored weight(List<String> path, String part, List<String> names) {
    for (String name : names) {
      List<String> candidates = datasets.keySet().stream().filter(d -> isWeight(d, path, part, name)).toList();
      if (candidates.size() == 1) {
        used.add(candidates.getFirst());
        return new Stored(candidates.getFirst());
      }
      if (candidates.size() > 1) {
        throw new ImportProblem("layer '" + String.join("/", path) + "': expected one dataset '" + name + "', found "
            + candidates);
      }
    }
    throw new ImportProblem("layer '" + String.join("/", path) + "': there is no dataset '"
        + String.join("' or '", names) + "'; the layer has " + ofLayer(path.getFirst()));
  }

  private List<String> ofLayer(String layer) {
    return datasets.keySet().stream().filter(d -> d.startsWith(layer + "/")).toList();
  }

  /// Whether a dataset lies in the group of the outermost name, has the other names and the part on its way, in order,
  /// and the weight's name last.
  private static boolean isWeight(String dataset, List<String> path, String part, String name) {
    String rest = path.getFirst() + "/";
    if (!dataset.startsWith(rest)) {
      return false;
    }
    String inside = "/" + dataset.substring(rest.length()).replaceFirst(":\\d+$", "");
    for (String layer : path.subList(1, path.size())) {
      int at = inside.indexOf("/" + layer + "/");
      if (at < 0) {
        return false;
      }
      inside = inside.substring(at + layer.length() + 1);
    }
    return inside.contains("/" + part) && inside.endsWith("/" + name);
  }

  /// Refuses weights that no layer has asked for.
  void requireAllUsed() {
    List<String> left = datasets.keySet().stream().filter(d -> !used.contains(d))
        .filter(d -> !UNUSED.contains(d.substring(d.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "")))
        .toList();
    if (!left.isEmpty()) {
      throw new ImportProblem("the model has no place for the datasets " + left);
    }
  }

  /// A dataset that was found.
  final class Stored {
    private final String name;

    private Stored(String name) {
      this.name = name;
    }

    /// The numbers, which must have this shape.
    Tensor tensor(Shape shape) {
      return Tensor.of(shape, numbers(shape));
    }

    /// One row of the numbers, which must be rows of this shape.
    Tensor row(int index, int rows, Shape shape) {
      float[] all = numbers(Shape.of(rows, shape.size()));
      return Tensor.of(shape, Arrays.copyOfRange(all, index * shape.size(), (index + 1) * shape.size()));
    }

    private float[] numbers(Shape shape) {
      Dataset d = Objects.requireNonNull(datasets.get(name));
      if (!Arrays.equals(d.getDimensions(), shape.dims())) {
        throw new ImportProblem("dataset '" + name + "': expected shape " + shape + ", found "
            + Arrays.toString(d.getDimensions()));
      }
      Object data;
      try {
        data = d.getDataFlat();
      } catch (RuntimeException | LinkageError e) {
        throw new ImportProblem("dataset '" + name + "' cannot be read: " + e.getMessage(), e);
      }
      return switch (data) {
        case float[] floats -> floats;
        case double[] doubles -> narrowed(doubles);
        default -> throw new ImportProblem("dataset '" + name + "': expected float32 numbers, found "
            + d.getJavaType());
      };
    }
  }

  private static float[] narrowed(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /// What the library throws at damaged files is of many kinds, reads beyond the end among them.
  private static ImportProblem damaged(RuntimeException e) {
    return new ImportProblem("no HDF5 file, or it is cut off or damaged: "
        + (e instanceof HdfException ? e.getMessage() : e.toString()), e);
  }

  @Override
  public void close() {
    file.close();
  }
}
