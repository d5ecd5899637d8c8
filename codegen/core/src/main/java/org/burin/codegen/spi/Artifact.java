package org.burin.codegen.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// An immutable tree of generated files in memory.
///
/// Paths are relative with `/` between names, as in `src/main/java/Net.java`, and sorted. Writing them is the business
/// of [ArtifactWriter] alone.
public final class Artifact {
  /// Names that are neither `.` nor `..`, without characters that a file system reserves.
  private static final Pattern NAMES = Pattern.compile("(?!\\.{1,2}(/|$))[^/\\\\:*?\"<>|\\p{Cntrl}]+"
      + "(/(?!\\.{1,2}(/|$))[^/\\\\:*?\"<>|\\p{Cntrl}]+)*");

  private final SortedMap<String, File> files;

  private Artifact(SortedMap<String, File> files) {
    this.files = Collections.unmodifiableSortedMap(files);
  }

  /// A file of a tree.
  ///
  /// @param content its bytes; not to be changed
  /// @param executable whether it is a program, such as a shell script
  @SuppressWarnings("ArrayRecordComponent") // Compared by content below.
  public record File(byte[] content, boolean executable) {
    /// The content read as UTF-8.
    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof File f && executable == f.executable && Arrays.equals(content, f.content);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(content) + Boolean.hashCode(executable);
    }

    @Override
    public String toString() {
      return content.length + " bytes" + (executable ? ", executable" : "");
    }
  }

  /// A tree to be filled.
  public static Builder builder() {
    return new Builder();
  }

  /// Whether a text is a path of a file in a tree, on every system.
  static boolean isPath(String path) {
    return !path.equalsIgnoreCase(Manifest.NAME) && NAMES.matcher(path).matches();
  }

  /// The files by path, sorted by path.
  public SortedMap<String, File> files() {
    return files;
  }

  /// The file of that path.
  ///
  /// @throws IllegalArgumentException when there is none; the text lists those that there are
  public File file(String path) {
    File f = files.get(path);
    if (f == null) {
      throw new IllegalArgumentException("there is no file '" + path + "'; there are " + files.keySet());
    }
    return f;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Artifact a && files.equals(a.files);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }

  /// A line per file: path and size.
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    files.forEach((path, file) -> s.append(path).append("  ").append(file).append('\n'));
    return s.toString();
  }

  /// Collects the files of a tree.
  public static final class Builder {
    private final SortedMap<String, File> files = new TreeMap<>();
    private final Map<String, String> spellings = new HashMap<>();

    private Builder() {}

    /// Adds a text file, in UTF-8.
    ///
    /// @throws IllegalArgumentException as [#add] does
    public Builder text(String path, String content) {
      return add(path, new File(content.getBytes(StandardCharsets.UTF_8), false));
    }

    /// Adds a shell script or another program in text.
    ///
    /// @throws IllegalArgumentException as [#add] does
    public Builder script(String path, String content) {
      return add(path, new File(content.getBytes(StandardCharsets.UTF_8), true));
    }

    /// Adds a file of bytes, which are not copied.
    ///
    /// @throws IllegalArgumentException as [#add] does
    public Builder bytes(String path, byte[] content) {
      return add(path, new File(content, false));
    }

    /// Adds all files of another tree under a folder of this one.
    ///
    /// @param folder a path, or empty for the top
    /// @throws IllegalArgumentException as [#add] does
    public Builder addAll(String folder, Artifact other) {
      other.files.forEach((path, file) -> add(folder.isEmpty() ? path : folder + "/" + path, file));
      return this;
    }

    /// Adds a file.
    ///
    /// @throws IllegalArgumentException when the path is not relative or leaves the tree, is taken, differs from
    ///     another in upper and lower case only, or is a folder and a file at once
    public Builder add(String path, File file) {
      if (!isPath(path)) {
        throw new IllegalArgumentException("expected a relative path such as 'src/Net.java', found '" + path + "'");
      }
      for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
        String part = path.substring(0, end);
        String known = spellings.putIfAbsent(part.toLowerCase(Locale.ROOT), part);
        boolean whole = end == path.length();
        if (known != null && (whole || !known.equals(part) || files.containsKey(part))) {
          throw new IllegalArgumentException("'" + path + "' cannot be in the same tree as '" + known
              + "': a path can be used once, as a file or as a folder, and not in two spellings");
        }
      }
      files.put(path, file);
      return this;
    }

    /// The tree.
    public Artifact build() {
      return new Artifact(new TreeMap<>(files));
    }
  }
}
