package org.burin.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.burin.data.Column.Role;
import org.burin.tensor.Shape;

/// The samples of an NPY file, read from where they stand.
final class NpyDataset implements Dataset {
  /// A block is as many samples as fit into this many bytes, which is read in one go, but not more than these.
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int BLOCK_SAMPLES = 4096;

  private final Path path;
  private final NpyHeader header;
  private final Column column;
  private final Npy.Precision precision;

  private NpyDataset(Path path, NpyHeader header, Column column, Npy.Precision precision) {
    this.path = path;
    this.header = header;
    this.column = column;
    this.precision = precision;
  }

  static NpyDataset open(Path path, Role role, String name, Npy.Precision precision) {
    try (FileChannel in = FileChannel.open(path)) {
      NpyHeader header = NpyHeader.read(in, path.toString());
      long found = in.size() - header.bytes();
      if (found < header.size() * header.type().bytes()) {
        throw header.shortOf(found);
      }
      return new NpyDataset(path, header, new Column(role, name, sampleShape(header), List.of()), precision);
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private static Shape sampleShape(NpyHeader header) {
    List<Long> extents = header.extents();
    if (extents.isEmpty() || header.size() == 0) {
      throw new DataException(header.file() + ": has the shape " + header.shapeText()
          + ", which holds no samples; expected the sample axis first, and at least one sample");
    }
    if (header.isTransposed()) {
      throw new DataException(header.file() + ": is in Fortran order, which scatters a sample over the file; read"
          + " it into memory (Npy.read), or save it with numpy.ascontiguousarray");
    }
    List<Long> sample = extents.subList(1, extents.size());
    return new NpyHeader(header.file(), header.type(), false, sample, header.bytes()).shape();
  }

  @Override
  public List<Column> columns() {
    return List.of(column);
  }

  @Override
  public long size() {
    return header.extents().getFirst();
  }

  @Override
  public int blockSize() {
    return Math.clamp(BLOCK_BYTES / ((long) column.shape().size() * header.type().bytes()), 1, BLOCK_SAMPLES);
  }

  @Override
  public Reader open() {
    try {
      return new ChannelReader(this, FileChannel.open(path));
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private static final class ChannelReader implements Reader {
    private final NpyDataset data;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES);

    ChannelReader(NpyDataset data, FileChannel channel) {
      this.data = data;
      this.channel = channel;
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      int k = data.column.shape().size();
      int bytes = data.header.type().bytes();
      long index = first * k;
      int total = count * k;
      for (int done = 0; done < total; ) {
        int n = Math.min(BLOCK_BYTES / bytes, total - done);
        fill(data.header.bytes() + (index + done) * bytes, n * bytes);
        Npy.convert(data.header, buffer, into[0], row * k + done, n, index + done, data.precision);
        done += n;
      }
    }

    private void fill(long position, int bytes) {
      buffer.clear().limit(bytes);
      try {
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + buffer.position()) < 0) {
            throw data.header.shortOf(channel.size() - data.header.bytes());
          }
        }
      } catch (IOException e) {
        throw FileErrors.unreadable(data.path, e);
      }
      buffer.flip();
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw FileErrors.unreadable(data.path, e);
      }
    }
  }
}
