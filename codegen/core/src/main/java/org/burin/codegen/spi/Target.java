package org.burin.codegen.spi;

import java.util.Locale;

/// What generated code ends up on.
public enum Target {
  /// a field-programmable gate array
  FPGA("vitis"),
  /// an application-specific integrated circuit
  ASIC("catapult"),
  /// a Java virtual machine
  JVM("jvm");

  private final String defaultBackend;

  Target(String defaultBackend) {
    this.defaultBackend = defaultBackend;
  }

  /// The name of the backend for those who name a target only.
  public String defaultBackend() {
    return defaultBackend;
  }

  /// The name on the command line, such as `fpga`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
