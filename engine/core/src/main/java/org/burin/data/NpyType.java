package org.burin.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a number of an NPY file is stored.
///
/// @param code as NumPy writes it, such as `<f4`
/// @param kind `f` floating point, `i` signed, `u` unsigned integer, `b` truth value
/// @param bytes the size of a number
record NpyType(String code, char kind, int bytes, ByteOrder order) {
  private static final String SUPPORTED = "f2, f4, f8, i1, i2, i4, i8, u1, u2, u4 or b1";

  /// Reads a type code.
  ///
  /// @throws DataException when no float32 stands for such values
  static NpyType parse(String file, String code) {
    String plain = code.isEmpty() ? "" : code.substring(1);
    String known = switch (plain) {
      case "f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "b1" -> plain;
      default -> "";
    };
    char first = code.isEmpty() ? ' ' : code.charAt(0);
    boolean ordered = first == '<' || first == '>' || (first == '|' && plain.endsWith("1"));
    if (known.isEmpty() || !ordered) {
      throw new DataException(file + ": holds values of the type '" + code + "'; expected " + SUPPORTED
          + ", convert it with astype");
    }
    ByteOrder order = first == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyType(code, plain.charAt(0), plain.charAt(1) - '0', order);
  }

  /// Converts `count` numbers.
  ///
  /// @param in holds at least as many, and is left behind them
  /// @param exact whether to stop at a number that a float32 cannot hold
  /// @return how many were converted: `count`, or fewer if the next one is not a float32
  int decode(ByteBuffer in, float[] out, int from, int count, boolean exact) {
    in.order(order);
    if (kind == 'f' && bytes == 4) {
      in.asFloatBuffer().get(out, from, count);
      in.position(in.position() + 4 * count);
      return count;
    }
    for (int i = 0; i < count; i++) {
      if (kind == 'f') {
        double value = bytes == 2 ? Float.float16ToFloat(in.getShort()) : in.getDouble();
        out[from + i] = (float) value;
        if (exact && out[from + i] != value && !Double.isNaN(value)) {
          return i;
        }
      } else {
        long value = integer(in);
        out[from + i] = value;
        if (exact && !isFloat(value)) {
          return i;
        }
      }
    }
    return count;
  }

  /// The number at the front of the buffer for a message.
  String describe(ByteBuffer in) {
    in.order(order);
    return kind == 'f' ? Double.toString(in.getDouble()) : Long.toString(integer(in));
  }

  private long integer(ByteBuffer in) {
    return switch (bytes) {
      case 1 -> kind == 'i' ? in.get() : kind == 'b' ? Math.min(1, in.get() & 0xff) : in.get() & 0xff;
      case 2 -> kind == 'i' ? in.getShort() : in.getShort() & 0xffff;
      case 4 -> kind == 'i' ? in.getInt() : in.getInt() & 0xffff_ffffL;
      default -> in.getLong();
    };
  }

  /// Whether at most 24 bits lie between the highest and the lowest one bit of the absolute value.
  private static boolean isFloat(long value) {
    long magnitude = Math.abs(value);
    return magnitude == 0
        || Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude) <= 24;
  }
}
