package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.ArtifactWriter.Action;
import org.burin.codegen.spi.ArtifactWriter.Change;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin compile`: the code of a model for a target.
@Command(
    name = "compile",
    header = {
      "Examples:",
      "  burin compile run1/model.burin --backend jvm --out generated",
      "  burin compile run1/model.burin --target jvm --out generated --dry-run",
      "  burin compile run1/model.burin --backend jvm -O package-name=org.example --out generated",
      ""
    },
    description = {
      "Writes the code of a model.",
      "",
      "The same model and options give the same files, to the byte. DIR/.burin-manifest lists them with their hashes: "
          + "a second run replaces its own files, deletes those that are generated no more, and leaves alone what "
          + "others made or changed.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Mixin private BackendChoice choice = new BackendChoice();

  @Mixin private ProgramChoice numbers = new ProgramChoice();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write to.")
  private Path out;

  @Option(names = "--force", description = "Overwrite files that others made or changed.")
  private boolean force;

  @Option(names = "--dry-run", description = "Write nothing; list what would be written.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Emitter<?> emitter = choice.emitter(spec);
    Model model = ModelFile.read(file);
    Program program = numbers.program(model);
    Artifact artifact = emitter.emit(program);
    List<Change> changes =
        dryRun ? ArtifactWriter.plan(out, artifact) : ArtifactWriter.write(out, artifact, force);
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      new Report("compile")
          .add("model", model.name())
          .add("backend", emitter.backend().name())
          .add("arithmetic", ProgramChoice.name(program))
          .add("out", out.toString())
          .add("dry_run", dryRun)
          .add("files", changes.stream().map(c -> entry(c, artifact)).toList())
          .print(to, true);
    } else {
      changes.forEach(to::println);
      to.flush();
    }
    boolean refused = changes.stream().anyMatch(c -> c.action() == Action.REFUSE);
    if (refused && !force) {
      spec.commandLine().getErr().println("burin compile: files that others made or changed are in the way; "
          + "choose another folder, or overwrite them with --force");
      return ExitCode.BAD_INPUT;
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> entry(Change change, Artifact artifact) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", change.path());
    entry.put("action", change.action().toString());
    Artifact.File content = artifact.files().get(change.path());
    entry.put("bytes", content == null ? 0 : content.content().length);
    return entry;
  }
}
