package org.burin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.burin.tensor.Kernels;
import picocli.CommandLine.IVersionProvider;

/// What this program was built from and what it runs on: the text of `burin --version`.
record BuildInfo(String version, String commit) {
  /// Reads what the build recorded.
  static BuildInfo load() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      properties.load(Objects.requireNonNull(in, "build.properties is missing from the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(property(properties, "version"), property(properties, "commit"));
  }

  /// One fact a line: the program, the JDK, the machine, the kernels that would be used on it.
  List<String> lines() {
    return List.of(
      "burin " + version + " (commit " + commit + ")",
      "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
      System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
          + Runtime.getRuntime().availableProcessors() + " processors",
      "kernels " + Kernels.best().name());
  }

  private static String property(Properties properties, String key) {
    return Objects.requireNonNull(properties.getProperty(key), () -> "build.properties has no " + key);
  }

  /// Hands the text to picocli.
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return load().lines().toArray(String[]::new);
    }
  }
}
