package org.burin.workloads.jets;

import java.nio.file.Path;
import org.burin.data.Column.Role;
import org.burin.data.CsvColumns;
import org.burin.data.CsvFile;
import org.burin.data.Dataset;

/// Reads jets in the form of the public data set: a header line, the 16 columns of [Jets#FEATURES] in any order, and a
/// column `class` with g, q, t, w or z. Other columns are ignored.
public final class JetsCsv {
  /// The mean multiplicity of standardized jets is near 0, that of jets in their own units near 52.
  private static final double LEAST_MEAN_MULTIPLICITY = 10;

  /// What the numbers of a file mean.
  public enum Units {
    /// Each feature minus its mean, divided by its standard deviation.
    STANDARDIZED,
    /// As measured: masses in GeV, multiplicity in particles.
    PHYSICAL
  }

  private JetsCsv() {}

  /// Reads a file whose units are told by its mean multiplicity: physical if it is above 10, otherwise standardized.
  ///
  /// @return the input `x [16]`, standardized, and the target `y` of class indices
  /// @throws org.burin.data.DataException when the file is missing, empty or has a bad header, line or cell
  public static Dataset read(Path file) {
    Dataset jets = readNumbers(file);
    float[] x = jets.tensor(Role.INPUT, Jets.INPUT).data();
    double sum = 0;
    for (int i = Jets.MULTIPLICITY; i < x.length; i += Jets.FEATURES.size()) {
      sum += x[i];
    }
    boolean physical = sum / jets.size() > LEAST_MEAN_MULTIPLICITY;
    return inUnits(jets, physical ? Units.PHYSICAL : Units.STANDARDIZED);
  }

  /// Reads a file in these units.
  ///
  /// @return the input `x [16]`, standardized, and the target `y` of class indices
  /// @throws org.burin.data.DataException when the file is missing, empty or has a bad header, line or cell
  public static Dataset read(Path file, Units units) {
    return inUnits(readNumbers(file), units);
  }

  private static Dataset readNumbers(Path file) {
    return CsvFile.of(file)
        .input(Jets.INPUT, CsvColumns.named(Jets.FEATURES.toArray(String[]::new)))
        .labels(Jets.OUTPUT, CsvColumns.named("class"), Jets.CLASSES.toArray(String[]::new))
        .read();
  }

  private static Dataset inUnits(Dataset jets, Units units) {
    if (units == Units.PHYSICAL) {
      Jets.standardizer().apply(jets.tensor(Role.INPUT, Jets.INPUT));
    }
    return jets;
  }
}
