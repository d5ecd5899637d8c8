package org.burin.importers;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.tensor.Tensor;

/// Writes files as Keras does.
final class KerasFile {
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private String version = "2.5.0";

  /// A dataset, such as `dense/dense/kernel:0`.
  KerasFile weight(String path, Tensor values) {
    weights.put(path, values);
    return this;
  }

  KerasFile version(String newVersion) {
    version = newVersion;
    return this;
  }

  /// A file of a whole model.
  Path write(Path folder, String config) {
    Path file = folder.resolve("model.h5");
    try (WritableHdfFile h5 = HdfFile.write(file)) {
      h5.putAttribute("keras_version", version);
      h5.putAttribute("model_config", config);
      put(h5.putGroup("model_weights"));
    }
    return file;
  }

  /// A file of weights alone.
  Path write(Path folder) {
    Path file = folder.resolve("weights.h5");
    try (WritableHdfFile h5 = HdfFile.write(file)) {
      h5.putAttribute("keras_version", version);
      put(h5);
    }
    return file;
  }

  private void put(WritableGroup root) {
    Map<String, WritableGroup> groups = new HashMap<>(Map.of("", root));
    weights.forEach((path, tensor) -> {
      int end = path.lastIndexOf('/');
      group(groups, path.substring(0, end)).putDataset(path.substring(end + 1), nested(tensor));
    });
  }

  private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
    WritableGroup known = groups.get(path);
    if (known != null) {
      return known;
    }
    int end = path.lastIndexOf('/');
    WritableGroup made = group(groups, end < 0 ? "" : path.substring(0, end)).putGroup(path.substring(end + 1));
    groups.put(path, made);
    return made;
  }

  /// Java arrays of arrays, which is what the library writes.
  private static Object nested(Tensor t) {
    float[] d = t.data();
    int[] s = t.shape().dims();
    return switch (s.length) {
      case 1 -> d.clone();
      case 2 -> rows(d, 0, s[0], s[1]);
      case 3 -> {
        float[][][] a = new float[s[0]][][];
        for (int i = 0; i < s[0]; i++) {
          a[i] = rows(d, i * s[1], s[1], s[2]);
        }
        yield a;
      }
      default -> {
        float[][][][] a = new float[s[0]][s[1]][][];
        for (int i = 0; i < s[0] * s[1]; i++) {
          a[i / s[1]][i % s[1]] = rows(d, i * s[2], s[2], s[3]);
        }
        yield a;
      }
    };
  }

  private static float[][] rows(float[] data, int first, int rows, int columns) {
    float[][] a = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(data, (first + i) * columns, a[i], 0, columns);
    }
    return a;
  }
}
