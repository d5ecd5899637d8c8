package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.burin.codegen.spi.RefusedException;
import org.burin.codegen.spi.ToolException;
import org.burin.data.DataException;
import org.burin.fixed.FixedException;
import org.burin.ir.GraphException;
import org.burin.pass.LoweringException;
import org.burin.train.TrainingException;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
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
      "  burin demo                         from detector data to verified hardware, with a report",
      "  burin train jets --out run1        train a model, write run1/model.burin",
      "  burin train --resume run1          go on with a training that was stopped",
      "  burin eval run1/model.burin        what the model reaches on the test data",
      "  burin predict run1/model.burin --data x.npy --out y.npy",
      "  burin import keras.h5 --out model.burin",
      "  burin inspect run1/model.burin     its layers, graph and fixed-point types",
      "  burin compile run1/model.burin --backend jvm --out generated",
      "  burin verify run1/model.burin --backend jvm --vectors 100000",
      "  burin --version                    what is installed and what it runs on",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.Provider.class,
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      ImportCommand.class,
      InspectCommand.class,
      CompileCommand.class,
      VerifyCommand.class,
      ReportCommand.class,
      GenerateCompletion.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Results go to standard output, progress and complaints to standard error. --json gives results for programs; "
          + "the environment variable NO_COLOR keeps help free of colours."
    },
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
    LogConfiguration.install();
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, args));
  }

  /// Runs the command line `args`, with results on `out` and complaints on `err`.
  ///
  /// @return the exit code, as in [ExitCode]
  static int run(PrintWriter out, PrintWriter err, String... args) {
    if (args.length == 1 && args[0].equals("--version")) {
      // Scripts ask this often, and the answer does not need a parser, which is most of the time that a start takes.
      BuildInfo.load().lines().forEach(out::println);
      return ExitCode.OK;
    }
    CommandLine line = new CommandLine(new Main());
    line.getSubcommands().forEach((name, command) -> {
      if (name.equals("compile") || name.equals("verify")) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> BackendChoice.listing());
      }
    });
    return line
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
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
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    return switch (e) {
      case ParameterException wrong -> usageError(wrong, new String[0]);
      case IOException io -> badInput(err, name, reason(io));
      case UncheckedIOException io -> badInput(err, name, reason(Objects.requireNonNull(io.getCause())));
      case DataException _, FixedException _, GraphException _, LoweringException _, RefusedException _,
          TrainingException _ -> badInput(err, name, e.getMessage());
      case ToolException tool -> {
        err.println(name + ": " + tool.getMessage());
        yield ExitCode.TOOL_FAILED;
      }
      default -> {
        err.println(name + ": internal error, please report it with these lines:");
        e.printStackTrace(err);
        yield ExitCode.INTERNAL_ERROR;
      }
    };
  }

  private static int badInput(PrintWriter err, String command, @Nullable String reason) {
    err.println(command + ": " + reason);
    return ExitCode.BAD_INPUT;
  }

  private static @Nullable String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other -> other.getFile() + ": " + other.getReason();
      default -> e.getMessage();
    };
  }
}
