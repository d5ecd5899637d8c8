package org.burin.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Starts [Peers] in an environment in which nothing slows a peer down: native libraries read their number of threads
/// and their choice of kernels from variables, before Java code could change them.
public final class PeersLauncher {
  private static final List<String> TUNING =
      List.of("OPENBLAS_", "GOTO_", "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "BLIS_", "ATEN_", "TORCH_");

  private PeersLauncher() {}

  /// Builds `./burin`, so that its start can be measured, then runs the comparison with the options of this JVM.
  public static void main(String[] args) throws IOException, InterruptedException {
    if (System.getProperty("peers.only", "").isEmpty()) {
      buildBurin(Path.of(System.getProperty("peers.root", ".")));
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), "org.burin.bench.Peers"));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    tidy(builder.environment());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    System.exit(process.waitFor());
  }

  private static void tidy(Map<String, String> environment) {
    environment.keySet().removeIf(name -> TUNING.stream().anyMatch(name.toUpperCase(Locale.ROOT)::startsWith));
    environment.put("OPENBLAS_NUM_THREADS", "1");
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
  }

  private static void buildBurin(Path root) throws IOException, InterruptedException {
    Path burin = root.resolve("burin");
    if (Files.isExecutable(burin)) {
      new ProcessBuilder(burin.toString(), "--version").inheritIO().start().waitFor();
    }
  }
}
