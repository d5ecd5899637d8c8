package org.burin.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `burin` command: parses the command line, runs a subcommand, turns failures into one line and an exit code.
@Command(
    name = "burin",
    header = {
      "Burin engraves neural networks into silicon.",
      "",
      "Examples:",
      "  burin --version              what is installed, and which kernels it computes with",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.Provider.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:a check failed",
      "2:wrong usage",
      "3:bad input",
      "4:a tool is missing or failed"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /// Runs the command line `args` and ends the JVM with its exit code.
  public static void main(String[] args) {
    StandardError.restore();
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, args));
  }

  /// Runs the command line `args`, with results on `out` and complaints on `err`.
  ///
  /// @return the exit code, as in [ExitCode]
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Main::usageError)
        .setExecutionExceptionHandler(Main::failure)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int usageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + name + " --help'.");
    return ExitCode.USAGE;
  }

  private static int failure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("burin: internal error, please report it with these lines:");
    e.printStackTrace(err);
    return ExitCode.INTERNAL_ERROR;
  }
}
