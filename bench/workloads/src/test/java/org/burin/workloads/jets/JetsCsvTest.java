package org.burin.workloads.jets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.data.Column.Role;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.workloads.jets.JetsCsv.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JetsCsvTest {
  private static final String HEADER = String.join(",", Jets.FEATURES) + ",class";

  @TempDir
  Path folder;

  @Test
  void readsStandardizedFeaturesAndClassLetters() throws IOException {
    Dataset jets = JetsCsv.read(file(HEADER, numbers(-7.5f) + ",z", numbers(-7.25f) + ",g"));
    assertThat(jets.size()).isEqualTo(2);
    assertThat(features(jets)).startsWith(-7.5f, -6.5f).endsWith(6.75f, 7.75f);
    assertThat(classes(jets)).containsExactly(4, 0);
    assertThat(jets.column(Role.TARGET, "y").classes()).isEqualTo(Jets.CLASSES);
  }

  @Test
  void findsColumnsByNameInAnyOrder() throws IOException {
    List<String> names = new ArrayList<>(Jets.FEATURES);
    Collections.reverse(names);
    String values = IntStream.range(0, 16).mapToObj(j -> "" + (15 - j)).collect(Collectors.joining(","));
    Path file = file("event,class," + String.join(",", names), "7,t," + values);
    Dataset jets = JetsCsv.read(file, Units.STANDARDIZED);
    assertThat(features(jets)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    assertThat(classes(jets)).containsExactly(2);
  }

  @Test
  void standardizesPhysicalUnitsWhichTheMultiplicityTells() throws IOException {
    double[][] scale = GeneratorNumbers.rows("scale");
    Path file = file(HEADER, physical(scale, 0) + ",w", physical(scale, -1.5) + ",q");
    for (Dataset jets : List.of(JetsCsv.read(file), JetsCsv.read(file, Units.PHYSICAL))) {
      float[] x = features(jets);
      for (int i = 0; i < x.length; i++) {
        assertThat(x[i]).isCloseTo(i < 16 ? 0 : -1.5f, within(1e-5f));
      }
      assertThat(classes(jets)).containsExactly(3, 1);
    }
    float[] asTheyAre = features(JetsCsv.read(file, Units.STANDARDIZED));
    assertThat(asTheyAre[14]).isCloseTo(75.1724f, within(1e-4f));
  }

  @Test
  void aBadCellIsNamedByFileLineAndColumn() throws IOException {
    Path file = file(HEADER, numbers(0) + ",g", numbers(0).replace("14.0", "heavy") + ",g");
    assertThatThrownBy(() -> JetsCsv.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":3: column 15 'mass_mmdt': expected a number, found 'heavy'; correct the cell or leave the"
            + " column out");
  }

  @Test
  void anUnknownClassIsRefused() throws IOException {
    Path file = file(HEADER, numbers(0) + ",b");
    assertThatThrownBy(() -> JetsCsv.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":2: column 17 'class': expected one of the classes g, q, t, w, z; found 'b'");
  }

  @Test
  void aMissingColumnIsNamed() throws IOException {
    Path file = file(HEADER.replace("n2_b1_mmdt", "n3_b1_mmdt"), numbers(0) + ",g");
    assertThatThrownBy(() -> JetsCsv.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": there is no column 'n2_b1_mmdt'; the header has zlogz, c1_b0_mmdt,");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("jets.csv"), List.of(lines));
  }

  /// Sixteen numbers, each one more than the one before it.
  private static String numbers(float first) {
    return IntStream.range(0, 16).mapToObj(j -> "" + (first + j)).collect(Collectors.joining(","));
  }

  private static String physical(double[][] scale, double standardized) {
    return IntStream.range(0, 16).mapToObj(j -> "" + (scale[j][0] + standardized * scale[j][1]))
        .collect(Collectors.joining(","));
  }

  private static float[] features(Dataset jets) {
    return jets.tensor(Role.INPUT, "x").data();
  }

  private static float[] classes(Dataset jets) {
    return jets.tensor(Role.TARGET, "y").data();
  }
}
