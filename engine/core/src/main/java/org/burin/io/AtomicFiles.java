package org.burin.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes files so that at any moment, a crash or a power cut included, the path has either all of the old content or
/// all of the new.
///
/// The content goes to a hidden file beside the target, `.NAME.PROCESS-NUMBER.tmp`; it is forced to the disk, takes the
/// target's name in one atomic step, and the folder is forced to the disk too. When writing fails the hidden file is
/// deleted; when the process is killed, the next write to the same target deletes it.
public final class AtomicFiles {
  private static final int BUFFER = 1 << 16;
  private static final AtomicLong NUMBER = new AtomicLong();

  private AtomicFiles() {}

  /// Writes the content of a file.
  @FunctionalInterface
  public interface Content {
    /// Writes everything to `out`, which is buffered and need not be closed.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Creates or replaces a file. A symbolic link stays one: the file that it names is replaced.
  ///
  /// @throws IOException when the folder does not exist, the disk is full, or anything else prevents it; the target is
  ///     then as it was. What `content` throws is passed on
  public static void write(Path target, Content content) throws IOException {
    Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new FileSystemException(target.toString(), null, "is a folder; expected the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          target.toString(), null, "the folder " + folder + " does not exist; create it first");
    }
    String name = file.getFileName().toString();
    deleteLeftOvers(folder, name);
    long process = ProcessHandle.current().pid();
    Path temporary = folder.resolve("." + name + "." + process + "-" + NUMBER.incrementAndGet() + ".tmp");
    try {
      writeForced(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceFolder(folder);
  }

  /// Creates or replaces a text file in UTF-8.
  ///
  /// @throws IOException as [#write] does
  public static void writeString(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void writeForced(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /// Makes the new name durable. Some systems cannot open a folder; there the name is durable a little later.
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // The file is complete under its name, which is all that this system offers.
    }
  }

  /// Deletes what a killed process left behind on its way to the same target.
  private static void deleteLeftOvers(Path folder, String name) throws IOException {
    Pattern leftOver = Pattern.compile("\\." + Pattern.quote(name) + "\\.(\\d{1,18})-\\d+\\.tmp");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher m = leftOver.matcher(file.getFileName().toString());
        if (m.matches() && ProcessHandle.of(Long.parseLong(m.group(1))).isEmpty()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
