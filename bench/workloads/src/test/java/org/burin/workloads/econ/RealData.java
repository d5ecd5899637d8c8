package org.burin.workloads.econ;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Published data that the project does not hold: a folder named by the environment variable `BURIN_DATA`. Tests that
/// want them are skipped where there are none.
final class RealData {
  private RealData() {}

  static Path file(String name) {
    String folder = System.getenv("BURIN_DATA");
    Assumptions.assumeTrue(folder != null, "BURIN_DATA is not set");
    Path file = Path.of(folder).resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "there is no " + file);
    return file;
  }
}
