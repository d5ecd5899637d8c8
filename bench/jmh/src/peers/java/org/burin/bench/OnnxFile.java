package org.burin.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes an ONNX model, field by field as in `onnx.proto` (ONNX 1.12, operators of version 13).
final class OnnxFile {
  private static final int FLOAT = 1;
  private static final int LONG = 7;
  private static final int INTS_ATTRIBUTE = 7;

  private final ByteArrayOutputStream nodes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
  private int names;

  private static void number(ByteArrayOutputStream out, long n) {
    long rest = n;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static void field(ByteArrayOutputStream out, int field, long n) {
    number(out, (long) field << 3);
    number(out, n);
  }

  private static void field(ByteArrayOutputStream out, int field, byte[] bytes) {
    number(out, ((long) field << 3) | 2);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void field(ByteArrayOutputStream out, int field, String text) {
    field(out, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private String tensor(int type, byte[] raw, long... dims) {
    String name = "c" + names++;
    ByteArrayOutputStream t = new ByteArrayOutputStream();
    for (long d : dims) {
      field(t, 1, d);
    }
    field(t, 2, type);
    field(t, 8, name);
    field(t, 9, raw);
    field(tensors, 5, t.toByteArray());
    return name;
  }

  /// A constant of floats; without dims a single number.
  String floats(float[] numbers, long... dims) {
    ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    return tensor(FLOAT, raw.array(), dims);
  }

  /// A constant number.
  String number(double n) {
    return floats(new float[] {(float) n});
  }

  /// A constant of whole numbers.
  String longs(long... numbers) {
    ByteBuffer raw = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(numbers);
    return tensor(LONG, raw.array(), numbers.length);
  }

  /// An operation; gives the name of its result.
  String node(String op, Map<String, long[]> attributes, String... inputs) {
    String result = "t" + names++;
    ByteArrayOutputStream n = new ByteArrayOutputStream();
    for (String input : inputs) {
      field(n, 1, input);
    }
    field(n, 2, result);
    field(n, 4, op);
    attributes.forEach((name, numbers) -> {
      ByteArrayOutputStream a = new ByteArrayOutputStream();
      field(a, 1, name);
      for (long i : numbers) {
        field(a, 8, i);
      }
      field(a, 20, INTS_ATTRIBUTE);
      field(n, 5, a.toByteArray());
    });
    field(nodes, 1, n.toByteArray());
    return result;
  }

  String node(String op, String... inputs) {
    return node(op, Map.of(), inputs);
  }

  private static byte[] value(String name, long... sample) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    field(batch, 2, "N");
    field(shape, 1, batch.toByteArray());
    for (long d : sample) {
      ByteArrayOutputStream dim = new ByteArrayOutputStream();
      field(dim, 1, d);
      field(shape, 1, dim.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    field(tensor, 1, FLOAT);
    field(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream type = new ByteArrayOutputStream();
    field(type, 1, tensor.toByteArray());
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    field(value, 1, name);
    field(value, 2, type.toByteArray());
    return value.toByteArray();
  }

  /// The model.
  ///
  /// @param in the shape of a sample of the input `x`
  /// @param result the name of the output
  /// @param out how many numbers a sample of it has
  byte[] model(long[] in, String result, long out) {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    graph.writeBytes(nodes.toByteArray());
    field(graph, 2, "net");
    graph.writeBytes(tensors.toByteArray());
    field(graph, 11, value("x", in));
    field(graph, 12, value(result, out));
    ByteArrayOutputStream operators = new ByteArrayOutputStream();
    field(operators, 1, "");
    field(operators, 2, 13);
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    field(model, 1, 7);
    field(model, 7, graph.toByteArray());
    field(model, 8, operators.toByteArray());
    return model.toByteArray();
  }
}
