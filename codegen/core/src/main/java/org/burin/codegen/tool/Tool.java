package org.burin.codegen.tool;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.burin.codegen.spi.ToolException;

/// A program of the machine, such as a C++ compiler, that is run with a limit on its time.
///
/// @param name what it is called in messages, such as `g++`
/// @param program its file
public record Tool(String name, Path program) {
  /// What is kept of each of the two outputs; the rest is read and dropped.
  private static final int KEPT_BYTES = 1 << 20;

  /// How many lines of output a message repeats.
  private static final int SHOWN_LINES = 20;

  /// What a run of a program left.
  ///
  /// @param exitCode its exit code
  /// @param out its standard output as UTF-8
  /// @param err its standard error as UTF-8
  public record Result(int exitCode, String out, String err) {}

  /// The program of that name on the `PATH`.
  ///
  /// @param install how to get it, such as `apt install g++`
  /// @throws ToolException when there is none
  public static Tool find(String name, String install) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      for (String file : List.of(name, name + ".exe")) {
        Path program = Path.of(folder, file);
        if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
          return new Tool(name, program);
        }
      }
    }
    throw new ToolException(name + ": not found on the PATH; install it (" + install + ")");
  }

  /// Runs the program to its end, without input.
  ///
  /// @param folder where it runs
  /// @param limit the time after which it is killed, together with what it started
  /// @throws ToolException when it ends with another exit code than 0 or takes too long: how it was called and the end
  ///     of what it said
  public Result run(Path folder, Duration limit, String... arguments) {
    Result result = runToAnyEnd(folder, limit, arguments);
    if (result.exitCode() != 0) {
      throw new ToolException(call(arguments) + " failed with exit code " + result.exitCode() + " in " + folder + ":\n"
          + tail(result));
    }
    return result;
  }

  /// Runs the program like [#run], with any exit code.
  ///
  /// @throws ToolException when it cannot be started or takes too long
  public Result runToAnyEnd(Path folder, Duration limit, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).directory(folder.toFile()).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new ToolException(call(arguments) + " cannot be started in " + folder + ": " + e.getMessage(), e);
    }
    CompletableFuture<String> out = drain(process.getInputStream());
    CompletableFuture<String> err = drain(process.getErrorStream());
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
      }
      Result result = new Result(ended ? process.exitValue() : -1, out.join(), err.join());
      if (!ended) {
        throw new ToolException(call(arguments) + " did not end within " + limit.toMillis() + " ms in " + folder
            + "; raise the limit, or look at what it said:\n" + tail(result));
      }
      return result;
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new ToolException(call(arguments) + " was interrupted", e);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String call(String... arguments) {
    return arguments.length == 0 ? name : name + " " + String.join(" ", arguments);
  }

  /// The last lines of both outputs, standard error last, as it says why.
  private static String tail(Result result) {
    List<String> lines = (result.out() + "\n" + result.err()).lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - SHOWN_LINES))
        .map(line -> "  " + line)
        .collect(Collectors.joining("\n"));
  }

  private static CompletableFuture<String> drain(InputStream in) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try (in) {
        byte[] kept = in.readNBytes(KEPT_BYTES);
        text.complete(new String(kept, StandardCharsets.UTF_8));
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // A program that was killed leaves a broken pipe.
        text.complete("");
      }
    });
    return text;
  }
}
