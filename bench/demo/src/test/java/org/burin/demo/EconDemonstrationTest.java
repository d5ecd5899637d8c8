package org.burin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.burin.codegen.spi.Demonstration;
import org.burin.codegen.spi.Demonstration.Outcome;
import org.burin.codegen.spi.Demonstration.Request;
import org.burin.data.DataException;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

final class EconDemonstrationTest {
  private static final EconDemonstration SMALL =
      new EconDemonstration(new EconDemonstration.Size(300, 400, 1, 1, 1, 200));

  private static final List<String> PROGRESS = new ArrayList<>();
  private static Outcome outcome;

  @TempDir private Path temp;

  @BeforeAll
  static void run() {
    outcome = SMALL.run(new Request(Optional.empty(), 3, false, 1), PROGRESS::add);
  }

  @Test
  void theCommandLineFindsIt() {
    assertThat(ServiceLoader.load(Demonstration.class).stream().map(p -> p.get().name())).containsExactly("econ");
  }

  @Test
  void generatedCodeComputesWhatTheModelComputes() {
    assertThat(outcome.holds()).isTrue();
    assertThat(outcome.results()).containsEntry("check_trainer", "200 vectors, 0 mismatches")
        .containsEntry("check_jvm", "200 vectors, 0 mismatches")
        .containsEntry("modules", 240).containsEntry("held_out", 60);
    assertThat(outcome.files().files().keySet())
        .contains("report.html", "encoder.burin", "decoder.burin", "generated/jvm/pom.xml");
    assertThat(PROGRESS).containsSubsequence("240 modules to train on, 60 held out",
        "training the encoder with the telescope MSE", "training the encoder with the EMD network",
        "generating and checking code for jvm");
  }

  @Test
  void theSameRequestGivesTheSameFiles() {
    Outcome again = SMALL.run(new Request(Optional.empty(), 3, false, 2), line -> {});
    assertThat(again.files()).isEqualTo(outcome.files());
    assertThat(again.results()).isEqualTo(outcome.results());
  }

  @Test
  void theReportShowsAllOfItAndLoadsNothing() throws Exception {
    String html = outcome.files().file("report.html").text();
    assertThat(html).contains("encoder, telescope MSE", "encoder, EMD network", "best choice 9",
        "Cosine of the gradients", "Estimated before any synthesis", "Generated code beside the golden model",
        "<td>jvm</td><td>200</td><td>0</td><td>equal</td>")
        .doesNotContain("http", "<script", "NaN");
    String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)))
        .getElementsByTagName("svg").getLength()).isEqualTo(4 + 3 * 4);
  }

  @Test
  void theEncoderCanBeUsedOn() throws Exception {
    Path file = temp.resolve("encoder.burin");
    Files.write(file, outcome.files().file("encoder.burin").content());
    Model encoder = ModelFile.read(file);
    assertThat(encoder.isQuantized()).isTrue();
    assertThat(encoder.fixed().outputs().get("y").shape().dims()).endsWith(16);
  }

  @Test
  void eventsOfTheUserAreUsed() throws Exception {
    Path file = temp.resolve("calq.csv");
    Files.writeString(file, "1,2,3\n");
    assertThatThrownBy(() -> SMALL.run(new Request(Optional.of(file), 1, true, 1), line -> {}))
        .isInstanceOf(DataException.class).hasMessageContaining("calq.csv");
  }
}
