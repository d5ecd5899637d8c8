package org.burin.codegen.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.burin.codegen.spi.Artifact;

/// All that it takes to repeat a difference: the model, the code that was generated, the vector, and a script.
///
/// @param backend the name of the backend
/// @param settings its options, as `key=value`
/// @param arithmetic `fixed` or `float`
/// @param seed the seed of the test vectors
public record FailureFolder(String backend, List<String> settings, String arithmetic, long seed) {
  /// The files of the folder: `run.sh`, `difference.txt`, `model.burin` and what was generated, in `generated/`.
  ///
  /// @param model the model's file
  /// @param generated what the backend gave for the model
  /// @param difference what differs
  /// @param inputs the numbers of the sample that gave it, by input
  public Artifact of(byte[] model, Artifact generated, Divergence difference, Map<String, long[]> inputs) {
    StringBuilder text = new StringBuilder(difference + "\n");
    inputs.forEach((name, numbers) -> text.append("input ").append(name).append(": ")
        .append(Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(" "))).append('\n'));
    return Artifact.builder()
        .bytes("model.burin", model)
        .text("difference.txt", text.toString())
        .script("run.sh", script(difference.sample() + 1))
        .addAll("generated", generated)
        .build();
  }

  private String script(long vectors) {
    List<String> command = new ArrayList<>(List.of("verify", "model.burin", "--backend", backend));
    settings.forEach(s -> command.addAll(List.of("-O", s)));
    command.addAll(List.of("--arithmetic", arithmetic, "--seed", Long.toString(seed)));
    command.addAll(List.of("--vectors", Long.toString(vectors), "--keep", "again"));
    String line = command.stream().map(FailureFolder::quoted).collect(Collectors.joining(" "));
    return """
        #!/bin/sh
        # Repeats the difference in difference.txt. Uses the burin on the PATH, or the one that BURIN names.
        cd "$(dirname "$0")" || exit 2
        exec "${BURIN:-burin}" %s
        """.formatted(line);
  }

  private static String quoted(String word) {
    return word.matches("[\\w./=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
