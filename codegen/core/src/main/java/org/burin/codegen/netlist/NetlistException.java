package org.burin.codegen.netlist;

/// That a netlist is not well formed, or that a program cannot become one.
public final class NetlistException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message where, what was expected and what was found
  public NetlistException(String message) {
    super(message);
  }
}
