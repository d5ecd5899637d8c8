package org.burin.conformance;

import java.util.List;
import java.util.Optional;
import org.burin.codegen.spi.Backends;
import org.burin.codegen.spi.Emitter;
import org.burin.conformance.Conformance.Failure;

/// Checks one case again: what `run.sh` in the folder of a failure calls.
public final class Replay {
  private Replay() {}

  /// Exits with 0 when the backend is right, with 1 and the difference when it is not.
  ///
  /// @param args the name of the backend, the kind of the case, its seed, the number of vectors, then options `key=value`
  public static void main(String[] args) {
    if (args.length < 4) {
      System.err.println("expected BACKEND CASE SEED VECTORS [KEY=VALUE ...]");
      System.exit(2);
    }
    Optional<Failure> failure = run(Emitter.of(Backends.installed().named(args[0]),
        List.of(args).subList(4, args.length)), new Case(args[1], Long.parseLong(args[2])), Integer.parseInt(args[3]));
    System.out.println(failure.map(Failure::what).orElse("no difference"));
    System.exit(failure.isPresent() ? 1 : 0);
  }

  private static Optional<Failure> run(Emitter<?> emitter, Case at, int vectors) {
    return new Conformance(emitter, vectors).check(at.program(), at.seed());
  }
}
