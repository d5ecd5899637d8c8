package org.burin.backend.vitis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.burin.backend.hls.Dialect;
import org.burin.backend.hls.HlsBackend;
import org.burin.backend.hls.HlsSettings;
import org.burin.backend.hls.Strategy;
import org.burin.codegen.report.Measurement;
import org.burin.codegen.report.ReportFiles;
import org.burin.codegen.spi.Target;

/// Writes a project for Vitis HLS.
public final class VitisBackend extends HlsBackend<VitisOptions> {
  /// Made by [java.util.ServiceLoader].
  public VitisBackend() {}

  @Override
  public String name() {
    return "vitis";
  }

  @Override
  public Set<Target> targets() {
    return Set.of(Target.FPGA);
  }

  @Override
  public VitisOptions defaults() {
    return new VitisOptions("", Strategy.LATENCY, 1, "", "xcvu13p-flga2577-2-e", 5, 27, 16, "");
  }

  @Override
  public List<Measurement> measured(Path folder) throws IOException {
    return ReportFiles.read(folder, VitisReports.RULES);
  }

  @Override
  protected HlsSettings settings(VitisOptions options) {
    return options.settings();
  }

  @Override
  protected Dialect dialect(VitisOptions options) {
    return new VitisDialect(options);
  }
}
