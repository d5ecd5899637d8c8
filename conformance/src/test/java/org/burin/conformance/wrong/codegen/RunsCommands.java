package org.burin.conformance.wrong.codegen;

import org.burin.conformance.wrong.cli.Command;

/// Uses the command line.
final class RunsCommands {
  private RunsCommands() {}

  static void run() {
    Command.run();
  }
}
