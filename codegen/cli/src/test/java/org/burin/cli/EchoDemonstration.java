package org.burin.cli;

import java.util.Map;
import java.util.function.Consumer;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Demonstration;

/// Reports what it was asked for; nothing holds when the seed is 13.
public final class EchoDemonstration implements Demonstration {
  @Override
  public String name() {
    return "echo";
  }

  @Override
  public Outcome run(Request request, Consumer<String> progress) {
    progress.accept("asked for seed " + request.seed());
    Artifact files = Artifact.builder().text("report.html", request.data() + " " + request.fast() + "\n").build();
    return new Outcome(files, Map.of("threads", request.threads()), request.seed() != 13);
  }
}
