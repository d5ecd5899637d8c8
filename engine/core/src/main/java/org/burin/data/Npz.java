package org.burin.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.burin.io.AtomicFiles;
import org.burin.tensor.Tensor;

/// NPZ files, the named arrays that `numpy.savez` and `numpy.savez_compressed` write: a ZIP archive with an [Npy] file
/// for each.
public final class Npz {
  private static final String SUFFIX = ".npy";

  /// The earliest time that the format knows; a real one would make equal content give different files.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /// The names of the arrays, in the order of the file.
  ///
  /// @throws DataException when the file is missing or damaged
  public static List<String> names(Path path) {
    try (ZipFile zip = open(path)) {
      return names(zip);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /// Reads all arrays, in the order of the file, of which every number must be a float32.
  ///
  /// @throws DataException when the file is missing, damaged or too large, or one of the arrays is; see
  ///     [Npy#read(Path)]
  public static Map<String, Tensor> read(Path path) {
    return read(path, Npy.Precision.EXACT);
  }

  /// Reads all arrays, in the order of the file.
  ///
  /// @throws DataException when the file is missing, damaged or too large, or one of the arrays is; see
  ///     [Npy#read(Path)]
  public static Map<String, Tensor> read(Path path, Npy.Precision precision) {
    try (ZipFile zip = open(path)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : names(zip)) {
        tensors.put(name, member(zip, path, name, precision));
      }
      return Collections.unmodifiableMap(tensors);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /// Reads one array.
  ///
  /// @throws DataException when the file is missing, damaged or too large, or has no such array
  public static Tensor read(Path path, String name, Npy.Precision precision) {
    try (ZipFile zip = open(path)) {
      return member(zip, path, name, precision);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /// Writes arrays as they are, atomically: what was there stays until the new content is complete. Equal content gives
  /// equal bytes.
  ///
  /// @throws IOException when the file cannot be written; see [AtomicFiles#write]
  public static void write(Path path, Map<String, Tensor> tensors) throws IOException {
    write(path, tensors, ZipEntry.STORED);
  }

  /// Writes arrays compressed, atomically: what was there stays until the new content is complete.
  ///
  /// @throws IOException when the file cannot be written; see [AtomicFiles#write]
  public static void writeCompressed(Path path, Map<String, Tensor> tensors) throws IOException {
    write(path, tensors, ZipEntry.DEFLATED);
  }

  private static ZipFile open(Path path) throws IOException {
    return new ZipFile(path.toFile());
  }

  private static List<String> names(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(n -> n.endsWith(SUFFIX))
        .map(n -> n.substring(0, n.length() - SUFFIX.length()))
        .toList();
  }

  private static Tensor member(ZipFile zip, Path path, String name, Npy.Precision precision) throws IOException {
    ZipEntry entry = zip.getEntry(name + SUFFIX);
    if (entry == null) {
      throw new DataException(
          path + ": there is no array '" + name + "'; the file has " + String.join(", ", names(zip)));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Npy.read(in, path + "(" + name + ")", precision);
    }
  }

  private static void write(Path path, Map<String, Tensor> tensors, int method) throws IOException {
    AtomicFiles.write(path, out -> {
      ZipOutputStream zip = new ZipOutputStream(out);
      for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey() + SUFFIX);
        entry.setTimeLocal(TIME);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          measure(entry, e.getValue());
        }
        zip.putNextEntry(entry);
        Npy.write(zip, e.getValue());
        zip.closeEntry();
      }
      zip.finish();
    });
  }

  /// What is stored as it is has its size and checksum before it.
  private static void measure(ZipEntry entry, Tensor tensor) throws IOException {
    CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    Npy.write(sum, tensor);
    long size = NpyHeader.write(tensor.shape()).length + (long) Float.BYTES * tensor.size();
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(sum.getChecksum().getValue());
  }

  private static DataException unreadable(Path path, IOException e) {
    if (e instanceof ZipException) {
      return new DataException(path + ": is not a whole NPZ file: " + e.getMessage() + "; copy or write it again", e);
    }
    return FileErrors.unreadable(path, e);
  }
}
