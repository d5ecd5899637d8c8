package org.burin.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.burin.data.Column.Role;
import org.burin.io.AtomicFiles;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// NPY files, the arrays that `numpy.save` writes.
///
/// Floating-point numbers of 16, 32 and 64 bits, signed integers of 8 to 64 and unsigned ones of 8 to 32 bits and truth
/// values are read, in either byte order and either order of axes, in format versions 1.0 to 3.0. They become float32.
/// Files are written as little-endian float32, version 1.0.
public final class Npy {
  /// Numbers converted at a time.
  private static final int CHUNK = 1 << 15;

  private Npy() {}

  /// What to do with a number that a float32 cannot hold, such as a float64 of 0.1 or the integer 16777217.
  public enum Precision {
    /// Refuse it: a [DataException] names the element.
    EXACT,
    /// Take the nearest float32, ties to even.
    ROUNDED
  }

  /// Reads a file of which every number must be a float32.
  ///
  /// @throws DataException when the file is missing, damaged, truncated, too large or of another kind, or has a number
  ///     that a float32 cannot hold
  public static Tensor read(Path path) {
    return read(path, Precision.EXACT);
  }

  /// Reads a file.
  ///
  /// @throws DataException when the file is missing, damaged, truncated, too large or of another kind
  public static Tensor read(Path path, Precision precision) {
    try (FileChannel in = FileChannel.open(path)) {
      return read(in, path.toString(), precision);
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  /// Reads an array from a stream to its end.
  ///
  /// @param name what to call the stream in messages
  /// @throws DataException when the content is damaged, truncated, too large or of another kind
  /// @throws IOException when the stream fails
  public static Tensor read(InputStream in, String name, Precision precision) throws IOException {
    return read(Channels.newChannel(in), name, precision);
  }

  private static Tensor read(ReadableByteChannel in, String name, Precision precision) throws IOException {
    NpyHeader header = NpyHeader.read(in, name);
    Shape shape = header.shape();
    NpyType type = header.type();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * type.bytes());
    // The array grows as the numbers come, so that a damaged header cannot ask for more memory than the file deserves.
    float[] data = new float[Math.min(shape.size(), CHUNK)];
    for (int done = 0; done < shape.size(); ) {
      int n = Math.min(CHUNK, shape.size() - done);
      buffer.clear().limit(n * type.bytes());
      if (!NpyHeader.fill(in, buffer)) {
        throw header.shortOf((long) done * type.bytes() + buffer.position());
      }
      if (done + n > data.length) {
        data = Arrays.copyOf(data, (int) Math.min(shape.size(), Math.max(done + n, data.length * 2L)));
      }
      convert(header, buffer.flip(), data, done, n, done, precision);
      done += n;
    }
    if (NpyHeader.fill(in, ByteBuffer.allocate(1))) {
      throw new DataException(name + ": goes on behind the numbers of shape " + header.shapeText() + " of type "
          + type.code() + "; it is damaged, or holds several arrays: save each in a file of its own");
    }
    return Tensor.of(shape, header.isTransposed() ? transposed(shape, data) : data);
  }

  /// Converts numbers of a file.
  ///
  /// @param index the place in the file of the first one
  static void convert(
      NpyHeader header, ByteBuffer in, float[] out, int from, int count, long index, Precision precision) {
    int start = in.position();
    int done = header.type().decode(in, out, from, count, precision == Precision.EXACT);
    if (done < count) {
      in.position(start + done * header.type().bytes());
      throw header.inexact(index + done, header.type().describe(in));
    }
  }

  /// The numbers of an array whose first axis changes fastest, in row-major order.
  private static float[] transposed(Shape shape, float[] data) {
    int rank = shape.rank();
    int[] dims = shape.dims();
    int[] position = new int[rank];
    int[] steps = new int[rank];
    int step = 1;
    for (int axis = 0; axis < rank; axis++) {
      steps[axis] = step;
      step *= dims[axis];
    }
    float[] out = new float[data.length];
    int source = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = data[source];
      int axis = rank - 1;
      source += steps[axis];
      while (++position[axis] == dims[axis] && axis > 0) {
        position[axis] = 0;
        source += steps[axis - 1] - dims[axis] * steps[axis];
        axis--;
      }
    }
    return out;
  }

  /// Opens a file of samples, the first axis being the samples, as a dataset with one column that reads samples when
  /// they are asked for. Several files become one dataset with [Dataset#zip]. The file must not change while in use.
  ///
  /// @throws DataException when the file is missing, damaged, truncated or of another kind, or has no samples. Also,
  ///     when samples are read, for a number that a float32 cannot hold, if that is not to be rounded
  public static Dataset stream(Path path, Role role, String name, Precision precision) {
    return NpyDataset.open(path, role, name, precision);
  }

  /// Writes a file, atomically: what was there stays until the new content is complete.
  ///
  /// @throws IOException when the file cannot be written; see [AtomicFiles#write]
  public static void write(Path path, Tensor tensor) throws IOException {
    AtomicFiles.write(path, out -> write(out, tensor));
  }

  /// Writes an array to a stream.
  ///
  /// @throws IOException when the stream fails
  public static void write(OutputStream out, Tensor tensor) throws IOException {
    write(out, tensor.shape(), List.of(tensor));
  }

  /// Writes an array that comes in parts, such as batches of samples.
  ///
  /// @param shape the shape of the whole
  /// @param parts tensors that together have as many numbers as the whole
  /// @throws IllegalArgumentException when they have fewer or more; something has been written then
  /// @throws IOException when the stream fails
  public static void write(OutputStream out, Shape shape, Iterable<Tensor> parts) throws IOException {
    out.write(NpyHeader.write(shape));
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long written = 0;
    for (Tensor part : parts) {
      for (int done = 0; done < part.size(); ) {
        int n = Math.min(CHUNK, part.size() - done);
        buffer.asFloatBuffer().put(part.data(), done, n);
        out.write(buffer.array(), 0, n * Float.BYTES);
        done += n;
      }
      written += part.size();
    }
    if (written != shape.size()) {
      throw new IllegalArgumentException(
          "an array of shape " + shape + " has " + shape.size() + " numbers, its parts have " + written);
    }
  }
}
