package org.burin.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.burin.tensor.Shape;

/// What stands before the numbers of an NPY file. The format is NumPy's NEP 1, versions 1.0, 2.0 and 3.0.
///
/// @param file the file for messages
/// @param fortran whether the first axis changes fastest
/// @param extents the shape, which may be larger than a [Shape] can be
/// @param bytes the length of the header, behind which the numbers start
record NpyHeader(String file, NpyType type, boolean fortran, List<Long> extents, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int LONGEST = 1 << 20;
  private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"]([^'\"]*)['\"]|\\[)");
  private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)\\b");
  private static final Pattern EXTENTS = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d\\s,L]*)\\)");

  /// Reads the header and leaves the channel at the numbers.
  ///
  /// @throws DataException when it is not a header that this version understands
  static NpyHeader read(ReadableByteChannel in, String file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    start.limit(8);
    boolean complete = fill(in, start);
    int found = Math.min(start.position(), MAGIC.length);
    if (found == 0 || !Arrays.equals(start.array(), 0, found, MAGIC, 0, found)) {
      throw new DataException(
          file + ": is not an NPY file; expected it to start with \\x93NUMPY, as numpy.save writes");
    }
    int version = start.get(6);
    if (complete && (version < 1 || version > 3)) {
      throw new DataException(file + ": has the NPY format version " + version + "." + start.get(7)
          + "; expected 1.0, 2.0 or 3.0");
    }
    start.limit(version == 1 ? 10 : 12);
    if (!complete || !fill(in, start)) {
      throw truncated(file);
    }
    int length = version == 1 ? start.getShort(8) & 0xffff : start.getInt(8);
    if (length < 0 || length > LONGEST) {
      throw new DataException(file + ": is damaged: a header of " + Integer.toUnsignedString(length) + " bytes");
    }
    ByteBuffer text = ByteBuffer.allocate(length);
    if (!fill(in, text)) {
      throw truncated(file);
    }
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return parse(file, new String(text.array(), charset), start.limit() + length);
  }

  private static DataException truncated(String file) {
    return new DataException(file + ": is truncated: it ends within the header; copy or write it again");
  }

  private static NpyHeader parse(String file, String text, int bytes) {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher extents = EXTENTS.matcher(text);
    if (!text.startsWith("{") || !type.find() || !order.find() || !extents.find()) {
      throw new DataException(file + ": has the header " + FileErrors.quote(text.strip())
          + "; expected descr, fortran_order and shape");
    }
    if (type.group(2) == null) {
      throw new DataException(file + ": holds records of named fields; save each field as an array of its own");
    }
    List<Long> shape;
    try {
      shape = Arrays.stream(extents.group(1).replace("L", "").split(","))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .map(Long::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw new DataException(file + ": has the shape (" + extents.group(1) + "); expected whole numbers", e);
    }
    NpyHeader header =
        new NpyHeader(file, NpyType.parse(file, type.group(2)), order.group(1).equals("True"), shape, bytes);
    header.size();
    return header;
  }

  /// The header of a float32 tensor, padded so that the numbers start at a multiple of 64 bytes.
  static byte[] write(Shape shape) {
    String extents = Arrays.stream(shape.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String comma = shape.rank() == 1 ? "," : "";
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + extents + comma + "), }";
    int start = MAGIC.length + 4;
    int total = (start + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - start));
    out.put(text.getBytes(StandardCharsets.ISO_8859_1));
    while (out.remaining() > 1) {
      out.put((byte) ' ');
    }
    return out.put((byte) '\n').array();
  }

  /// The number of numbers.
  ///
  /// @throws DataException when it is beyond any file
  long size() {
    try {
      long size = type.bytes();
      for (long extent : extents) {
        size = Math.multiplyExact(size, extent);
      }
      return size / type.bytes();
    } catch (ArithmeticException e) {
      throw new DataException(file + ": is damaged: the shape " + shapeText() + " is beyond any file", e);
    }
  }

  /// The shape of the numbers in one tensor.
  ///
  /// @throws DataException when it has too many axes or numbers
  Shape shape() {
    if (extents.size() > Shape.MAX_RANK) {
      throw new DataException(file + ": has " + extents.size() + " axes, shape " + shapeText() + "; at most "
          + Shape.MAX_RANK + " are supported, reshape it first");
    }
    if (size() > Integer.MAX_VALUE - 8) {
      throw new DataException(file + ": has " + size() + " numbers, too many for one tensor; stream it (Npy.stream)");
    }
    return Shape.of(extents.stream().mapToInt(Math::toIntExact).toArray());
  }

  /// The shape as NumPy prints it, in brackets.
  String shapeText() {
    return extents.stream().map(e -> Long.toString(e)).collect(Collectors.joining(",", "[", "]"));
  }

  /// Whether the order of the axes makes a difference to where a number stands.
  boolean isTransposed() {
    return fortran && extents.stream().filter(e -> e != 1).count() > 1;
  }

  /// The error for a number that a float32 cannot hold.
  ///
  /// @param index its place in the file, counted from 0
  DataException inexact(long index, String value) {
    long[] position = new long[extents.size()];
    long rest = index;
    for (int i = 0; i < extents.size(); i++) {
      int axis = fortran ? i : extents.size() - 1 - i;
      position[axis] = rest % extents.get(axis);
      rest /= extents.get(axis);
    }
    return new DataException(file + ": element " + Arrays.toString(position).replace(" ", "") + " is " + value
        + ", which a float32 cannot hold exactly; ask for rounding (Npy.Precision.ROUNDED) if that is meant");
  }

  /// The error for a file that ends too early.
  DataException shortOf(long found) {
    return new DataException(file + ": is truncated: shape " + shapeText() + " of type " + type.code() + " takes "
        + size() * type.bytes() + " bytes behind the header, found " + found + "; copy or write it again");
  }

  /// Reads until the buffer is full.
  ///
  /// @return whether it is, before the end of the channel
  static boolean fill(ReadableByteChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }
}
