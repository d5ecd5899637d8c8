package org.burin.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command line did.
///
/// @param code the exit code
/// @param out what went to standard output
/// @param err what went to standard error
record CommandLineRun(int code, String out, String err) {
  /// Runs `burin args` in this JVM.
  static CommandLineRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}
