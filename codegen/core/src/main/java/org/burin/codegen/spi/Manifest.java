package org.burin.codegen.spi;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.io.AtomicFiles;

/// Which files of a folder Burin wrote, and the SHA-256 of what it wrote, in the format of `sha256sum`. While a folder
/// is being written a file has two lines, for its old and its new content.
final class Manifest {
  /// The name of the file in the folder.
  static final String NAME = ".burin-manifest";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

  private final SortedMap<String, Set<String>> hashes = new TreeMap<>();

  private Manifest() {}

  static Manifest of(Artifact artifact) {
    Manifest m = new Manifest();
    artifact.files().forEach((path, file) -> m.add(path, hash(file.content())));
    return m;
  }

  /// The manifest of a folder; empty where there is none.
  static Manifest read(Path folder) throws IOException {
    Manifest m = new Manifest();
    Path file = folder.resolve(NAME);
    if (Files.notExists(file)) {
      return m;
    }
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches() || !Artifact.isPath(matcher.group(2))) {
        throw new FileSystemException(file.toString(), null, "line " + number
            + ": expected a SHA-256, two blanks and a path, found '" + line + "'; the file says which files "
            + "Burin wrote: restore it or choose another folder");
      }
      m.add(matcher.group(2), matcher.group(1));
    }
    return m;
  }

  private void add(String path, String hash) {
    hashes.computeIfAbsent(path, p -> new TreeSet<>()).add(hash);
  }

  /// The paths of all files.
  Set<String> paths() {
    return Collections.unmodifiableSet(hashes.keySet());
  }

  /// Whether Burin wrote a file with this content under this path.
  boolean wrote(String path, byte[] content) {
    return hashes.getOrDefault(path, Set.of()).contains(hash(content));
  }

  /// What is in one of the two.
  Manifest and(Manifest other) {
    Manifest both = new Manifest();
    hashes.forEach((path, all) -> all.forEach(hash -> both.add(path, hash)));
    other.hashes.forEach((path, all) -> all.forEach(hash -> both.add(path, hash)));
    return both;
  }

  void write(Path folder) throws IOException {
    StringBuilder s = new StringBuilder();
    hashes.forEach((path, all) -> all.forEach(hash -> s.append(hash).append("  ").append(path).append('\n')));
    AtomicFiles.writeString(folder.resolve(NAME), s.toString());
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
