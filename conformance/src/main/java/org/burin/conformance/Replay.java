package org.burin.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.burin.codegen.spi.Backends;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Conformance.Failure;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedText;

/// Checks one program again: what `run.sh` in the folder of a failure calls.
public final class Replay {
  private static final int FIXED_ARGUMENTS = 4;

  private Replay() {}

  /// Exits with 0 when the backend is right, with 1 and the difference when it is not.
  ///
  /// @param args the folder of the failure, the name of the backend, the seed of the vectors, their number, then
  ///     options of the backend as `key=value`
  /// @throws IOException when the program cannot be read
  public static void main(String[] args) throws IOException {
    if (args.length < FIXED_ARGUMENTS) {
      System.err.println("expected FOLDER BACKEND SEED VECTORS [KEY=VALUE ...]");
      System.exit(2);
    }
    FixedGraph graph = FixedText.parse(Files.readString(Path.of(args[0], Conformance.PROGRAM)));
    Program.Fixed program = new Program.Fixed(new Program.About(graph.name(), "", Map.of()), graph);
    Emitter<?> emitter =
        Emitter.of(Backends.installed().named(args[1]), List.of(args).subList(FIXED_ARGUMENTS, args.length));
    Optional<Failure> failure =
        new Conformance(emitter, Integer.parseInt(args[3])).check(program, Long.parseLong(args[2]));
    System.out.println(failure.map(Failure::what).orElse("no difference"));
    System.exit(failure.isPresent() ? 1 : 0);
  }
}
