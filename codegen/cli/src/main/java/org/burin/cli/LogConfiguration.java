package org.burin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.logging.LogManager;

/// Makes the JVM's logging fit for a command line: warnings only, one line each, on standard error.
///
/// The JVM makes an instance when something is logged for the first time, so that other commands do not pay for it.
public final class LogConfiguration {
  /// Reads the configuration.
  ///
  /// @throws IOException when it cannot be read
  public LogConfiguration() throws IOException {
    try (InputStream in = LogConfiguration.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(Objects.requireNonNull(in, "logging.properties is missing from the jar"));
    }
  }

  /// Has the JVM use this configuration, unless the user named another one.
  static void install() {
    String key = "java.util.logging.config.class";
    if (System.getProperty(key) == null && System.getProperty("java.util.logging.config.file") == null) {
      System.setProperty(key, LogConfiguration.class.getName());
    }
  }
}
