package org.burin.backend.catapult;

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

/// Writes a project for Catapult.
public final class CatapultBackend extends HlsBackend<CatapultOptions> {
  /// Made by [java.util.ServiceLoader].
  public CatapultBackend() {}

  @Override
  public String name() {
    return "catapult";
  }

  @Override
  public Set<Target> targets() {
    return Set.of(Target.ASIC);
  }

  @Override
  public CatapultOptions defaults() {
    return new CatapultOptions("", Strategy.LATENCY, 1, "", 25, "", "", "", 16, "");
  }

  @Override
  public List<Measurement> measured(Path folder) throws IOException {
    return ReportFiles.read(folder, CatapultReports.RULES);
  }

  @Override
  protected HlsSettings settings(CatapultOptions options) {
    return options.settings();
  }

  @Override
  protected Dialect dialect(CatapultOptions options) {
    return new CatapultDialect(options);
  }
}
