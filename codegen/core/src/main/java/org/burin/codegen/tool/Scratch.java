package org.burin.codegen.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder for temporary files, gone with all that is in it when it is closed.
///
/// @param folder an empty folder that nobody else uses
public record Scratch(Path folder) implements AutoCloseable {
  /// A new folder.
  ///
  /// @throws UncheckedIOException when it cannot be created
  public static Scratch create() {
    try {
      return new Scratch(Files.createTempDirectory("burin-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A new folder inside of this one.
  ///
  /// @throws UncheckedIOException when it cannot be created
  public Path folder(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path p : deepestFirst) {
        Files.deleteIfExists(p);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
