package org.burin.conformance.wrong.cli;

/// A command.
public final class Command {
  private Command() {}

  /// Does nothing.
  public static void run() {}
}
