package org.burin.backend.hls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.backend.hls.Dialect.Kind;
import org.burin.backend.hls.Dialect.Mark;

/// The C++ files that every project gets a copy of, with the pragmas of one tool in place of comments such as
/// `// @unroll` before a loop and `// @partition NAME` behind an array.
public final class KernelLibrary {
  /// The headers of the kernel library, besides the one that adapts it to the number types.
  static final List<String> KERNELS =
      List.of("adders.h", "arrays.h", "conv.h", "dense.h", "elementwise.h", "move.h", "pool.h", "quantize.h", "reduce.h");

  private static final Pattern MARK = Pattern.compile("( *)// @(\\w+) ?(.*)");

  private KernelLibrary() {}

  /// A header of the kernel library for a tool.
  static String kernel(String file, Dialect dialect) {
    List<String> lines = new ArrayList<>();
    List<String> pending = new ArrayList<>();
    for (String line : resource("kernels/" + file).split("\n", -1)) {
      Matcher m = MARK.matcher(line);
      if (m.matches()) {
        Mark mark = new Mark(Kind.valueOf(m.group(2).toUpperCase(Locale.ROOT)), m.group(3));
        dialect.before(mark).forEach(pragma -> lines.add(m.group(1) + pragma));
        dialect.inside(mark).forEach(pragma -> (mark.kind() == Kind.PARTITION ? lines : pending).add(
            m.group(1) + pragma));
        continue;
      }
      lines.add(line);
      lines.addAll(pending);
      pending.clear();
    }
    return String.join("\n", lines);
  }

  /// A file that comes with the generator.
  ///
  /// @param path from this package on
  static String resource(String path) {
    try (InputStream in = KernelLibrary.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the file " + path + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
