package org.burin.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Named tensors as two sections of a [SectionFile]: `GROUP/index` lists shape and name of each, a line each;
/// `GROUP/data` holds their numbers one after the other, little-endian float32.
public final class TensorSections {
  private TensorSections() {}

  /// Adds the two sections of a group of tensors.
  ///
  /// @throws IllegalArgumentException when a name has a line break, or they are too large for one section (2 GiB)
  public static void put(Map<String, byte[]> sections, String group, Map<String, Tensor> tensors) {
    StringBuilder index = new StringBuilder();
    long size = 0;
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      if (e.getKey().lines().count() != 1) {
        throw new IllegalArgumentException("a tensor's name is one line, found '" + e.getKey() + "'");
      }
      index.append(e.getValue().shape()).append(' ').append(e.getKey()).append('\n');
      size += (long) e.getValue().size() * Float.BYTES;
    }
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the tensors of '" + group + "' need " + size + " bytes; at most "
          + Integer.MAX_VALUE + " fit into one section");
    }
    ByteBuffer data = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer numbers = data.asFloatBuffer();
    tensors.values().forEach(t -> numbers.put(t.data()));
    sections.put(group + "/index", index.toString().getBytes(StandardCharsets.UTF_8));
    sections.put(group + "/data", data.array());
  }

  /// Reads a group of tensors, in order.
  ///
  /// @throws FileFormatException when a section is missing, or index and data do not fit
  public static Map<String, Tensor> get(SectionFile file, String group) throws FileFormatException {
    FloatBuffer numbers = ByteBuffer.wrap(file.bytes(group + "/data")).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    List<String> lines = file.text(group + "/index").lines().toList();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int blank = lines.get(i).indexOf(' ');
      try {
        Tensor t = Tensor.zeros(Shape.parse(lines.get(i).substring(0, Math.max(0, blank))));
        if (t.size() > numbers.remaining()) {
          throw new IllegalArgumentException("the data end before its " + t.size() + " numbers");
        }
        numbers.get(t.data());
        tensors.put(lines.get(i).substring(blank + 1), t);
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new FileFormatException(file.file(), "section '" + group + "/index', line " + (i + 1) + " '"
            + lines.get(i) + "': " + e.getMessage(), e);
      }
    }
    if (numbers.hasRemaining()) {
      throw new FileFormatException(file.file(), "section '" + group + "/data' has " + numbers.remaining()
          + " numbers more than its index");
    }
    return tensors;
  }
}
