package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.burin.data.Dataset;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.train.History.End;
import org.burin.train.History.Epoch;
import org.burin.train.ParetoFront.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ParetoFrontTest {
  private static final Dataset DATA = TestModels.quadrants(300, 5);

  @TempDir private Path folder;

  private static List<Epoch> epochs(double... accuracyAndEbops) {
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < accuracyAndEbops.length; i += 2) {
      epochs.add(new Epoch(i / 2 + 1, Map.of("acc", accuracyAndEbops[i], "ebops", accuracyAndEbops[i + 1])));
    }
    return epochs;
  }

  private static List<Integer> front(boolean higher, double... metricAndEbops) {
    return ParetoFront.of("acc", higher, epochs(metricAndEbops)).front().stream().map(Point::epoch).toList();
  }

  @Test
  void epochsThatAnotherOneBeatsAreNotInTheFront() {
    assertThat(front(true, 0.7, 100, 0.8, 90, 0.75, 50, 0.74, 60)).containsExactly(3, 2);
    assertThat(front(false, 0.7, 100, 0.8, 90, 0.75, 50, 0.74, 60)).containsExactly(3, 4, 1);
    assertThat(front(true)).isEmpty();
  }

  @Test
  void ofEqualEpochsTheEarlierStays() {
    assertThat(front(true, 0.7, 100, 0.7, 100)).containsExactly(1);
    assertThat(front(true, 0.7, 100, 0.8, 100, 0.8, 100)).containsExactly(2);
    assertThat(front(true, 0.7, 100, 0.7, 90)).containsExactly(2);
  }

  @Test
  void whatIsNotANumberCannotBeInTheFront() {
    assertThat(front(true, Double.NaN, 100, 0.5, 200, 0.9, Double.POSITIVE_INFINITY)).containsExactly(2);
    assertThat(ParetoFront.of("auc", true, epochs(0.5, 10)).front()).isEmpty();
  }

  @Test
  void theTableListsTheFront() {
    assertThat(ParetoFront.of("acc", true, epochs(0.7, 100, 0.8, 90.5, 0.75, 50)).toCsv()).isEqualTo("""
        epoch,ebops,acc,file
        3,50.0,0.75,epoch_0003.burin
        2,90.5,0.8,epoch_0002.burin
        """);
  }

  @Test
  void theChartIsAnImageWithAxesAndADotForEveryEpochNearTheFront() throws Exception {
    String svg = ParetoFront.of("val<acc>", true, List.of()).toSvg();
    assertThat(svg).contains("EBOPs (logarithmic)", "val&lt;acc&gt; over EBOPs: 0 models", "of 0 epochs");
    assertThat(parse(svg).getDocumentElement().getTagName()).isEqualTo("svg");
    Document chart = parse(ParetoFront.of("acc", true,
        epochs(0.2, 5000, 0.7, 1000, 0.72, 2000, 0.71, 1500, 0.705, 1800)).toSvg());
    assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(4);
    assertThat(chart.getElementsByTagName("path").item(0).getAttributes().getNamedItem("d").getNodeValue())
        .matches("M[\\d.]+,[\\d.]+( L[\\d.]+,[\\d.]+){4}");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < chart.getElementsByTagName("text").getLength(); i++) {
      texts.add(chart.getElementsByTagName("text").item(i).getTextContent());
    }
    assertThat(texts).contains("1000", "2000", "0.7", "0.705", "0.71", "0.715", "0.72", "EBOPs (logarithmic)", "acc",
        "acc over EBOPs: 3 models that no other one beats, of 5 epochs");
    assertThat(chart.getElementsByTagName("title").item(1).getTextContent())
        .isEqualTo("epoch 2: 1000 EBOPs, acc 0.7");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Trainer trainer(Path folder) {
    return TestModels.trainer(TestModels.learned(7)).withBatchSize(48).withEpochs(5).withSeed(3)
        .withValidationSplit(0.2).withEbops(EbopsControl.target(200).withApproach(15))
        .withParetoFront("val_accuracy", true).withFolder(folder).withCheckpointEvery(3);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aTrainingKeepsTheModelsOfTheFront() throws IOException {
    History history = trainer(folder).fit(DATA);
    ParetoFront front = ParetoFront.of("val_accuracy", true, history.epochs());
    assertThat(front.front()).hasSizeGreaterThan(1);
    assertThat(folder.resolve("pareto/pareto.csv")).hasContent(front.toCsv());
    assertThat(folder.resolve("pareto/pareto.svg")).hasContent(front.toSvg());
    List<String> expected = new ArrayList<>(front.front().stream().map(Point::file).sorted().toList());
    expected.addAll(List.of("pareto.csv", "pareto.svg"));
    assertThat(files(folder.resolve("pareto"))).isEqualTo(expected);
    for (Point p : front.front()) {
      Model kept = ModelFile.read(folder.resolve("pareto").resolve(p.file()));
      assertThat(new EbopsMeter(kept).ebops()).isEqualTo(p.ebops());
    }
  }

  @Test
  void stoppingAndResumingChangesNoBitOfModelControllerAndFront() throws IOException {
    Path whole = folder.resolve("whole");
    History history = trainer(whole).fit(DATA);
    Path parts = folder.resolve("parts");
    History resumed = null;
    for (int stops = 0; resumed == null || resumed.end() == End.STOPPED; stops++) {
      Trainer t = trainer(parts);
      t.stop();
      resumed = stops == 0 ? t.fit(DATA) : t.resume(DATA);
    }
    assertThat(resumed).isEqualTo(history);
    assertSame(whole, parts);
  }

  @Test
  void anEndBetweenCheckpointsLeavesTheSameFront() throws IOException {
    Path whole = folder.resolve("whole");
    trainer(whole).fit(DATA);
    for (int step : new int[] {4, 5, 6, 12, 25}) {
      Path parts = folder.resolve("ended at " + step);
      Trainer t = trainer(parts).withCallback(new Callback() {
        @Override
        public void onStep(long done, float loss) {
          if (done == step) {
            throw new IllegalStateException("crash");
          }
        }
      });
      assertThatThrownBy(() -> t.fit(DATA)).hasMessage("crash");
      Files.writeString(Files.createDirectories(parts.resolve("pareto")).resolve("epoch_0099.burin"), "left over");
      trainer(parts).resume(DATA);
      assertSame(whole, parts);
    }
  }

  private static void assertSame(Path expected, Path found) throws IOException {
    for (String name : List.of("model.burin", "checkpoint.burin", "history.json", "pareto/pareto.csv",
        "pareto/pareto.svg")) {
      assertThat(found.resolve(name)).hasBinaryContent(Files.readAllBytes(expected.resolve(name)));
    }
    assertThat(files(found.resolve("pareto"))).isEqualTo(files(expected.resolve("pareto")));
    for (String name : files(expected.resolve("pareto"))) {
      assertThat(found.resolve("pareto").resolve(name))
          .hasBinaryContent(Files.readAllBytes(expected.resolve("pareto").resolve(name)));
    }
  }

  @Test
  void aMetricThatTheHistoryDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> trainer(folder).withParetoFront("val_auc", true).fit(DATA))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the metric of the Pareto front is 'val_auc', the history will have [loss, accuracy, val_loss, "
            + "val_accuracy]; monitor one of these, or add the metric or validation data");
  }

  @Test
  void aFrontIsNotOverwritten() throws IOException {
    trainer(folder).withEpochs(1).fit(DATA);
    Files.delete(folder.resolve("checkpoint.burin"));
    Files.delete(folder.resolve("model.burin"));
    assertThatThrownBy(() -> trainer(folder).fit(DATA)).hasMessageStartingWith(
        folder.resolve("pareto/pareto.csv") + " exists already and is not overwritten");
  }
}
