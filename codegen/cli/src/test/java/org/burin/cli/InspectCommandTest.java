package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.burin.data.Npy;
import org.burin.fixed.FixedType;
import org.burin.ir.IrText;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `burin inspect` shows of quantized models.
final class InspectCommandTest {
  @TempDir private Path temp;
  private Path file;
  private Model model;

  @BeforeEach
  void writeModel() throws IOException {
    model = Model.sequential("q", 1, Shape.of(2), to("fixed<6,3,rnd_conv,sat>").named("in"),
        Dense.of(3).withBias(false).withActivation(Activation.RELU)
            .withKernelQuantizer(Quantizers.fixed(FixedType.parse("fixed<4,1,rnd_conv,sat>"))),
        to("ufixed<5,3,rnd_conv,sat>").named("out")).withMetadata("note", "kept");
    file = temp.resolve("q.burin");
    ModelFile.write(file, model);
  }

  private static QuantizerLayer to(String type) {
    return QuantizerLayer.of(Quantizers.fixed(FixedType.parse(type)));
  }

  private static String shown(Object... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    return run.out();
  }

  @Test
  void layersNotesGraphAndTypesAreShown() {
    assertThat(shown("inspect", file)).isEqualTo(
        model.summary() + "\nnote: kept\n" + IrText.print(model.inference()) + model.quantizationReport());
    assertThat(shown("inspect", file)).contains("EBOPs", "ufixed<5,3,rnd_conv,sat>", "-4 .. 3.87500");
  }

  @Test
  void sectionsCanBeChosen() {
    assertThat(shown("inspect", file, "--show", "types")).isEqualTo(model.quantizationReport().toString());
    assertThat(shown("inspect", file, "--show", "notes,graph"))
        .isEqualTo("note: kept\n" + IrText.print(model.inference()));
  }

  @Test
  void samplesShowTheRangesThatAreUsed() throws IOException {
    Tensor samples = Tensor.of(Shape.of(2, 2), 0.5f, 9, -1, 0.25f);
    Npy.write(temp.resolve("x.npy"), samples);
    assertThat(shown("inspect", file, "--show", "types", "--data", temp.resolve("x.npy")))
        .isEqualTo(model.quantizationReport(samples).toString()).contains("1 of 4");
  }

  @Test
  void theFixedGraphAndEveryPassCanBePrinted() {
    assertThat(shown("inspect", file, "--graph", "fixed")).isEqualTo(model.fixed().toString());
    assertThat(shown("inspect", file, "--stop-after", "lower-to-fixed")).isEqualTo(model.fixed().toString());
    assertThat(shown("inspect", file, "--stop-after", "constant-fold"))
        .startsWith("graph \"q\" {").contains("constant value=[").doesNotContain("parameter");
    assertThat(shown("inspect", file, "--stop-after", "dce", "--skip-pass", "constant-fold"))
        .contains("parameter \"dense/kernel\"");
  }

  @Test
  void graphsAfterEachPassAreWrittenInOrder() throws IOException {
    Path folder = temp.resolve("a/b");
    shown("inspect", file, "--graph", "fixed", "--dump-ir", folder);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertThat(names).containsExactly("01-strip-gradients.txt", "02-constant-fold.txt", "03-split-means.txt",
          "04-cse.txt", "05-dce.txt", "06-lower-to-fixed.txt");
    }
    assertThat(folder.resolve("06-lower-to-fixed.txt")).hasContent(model.fixed().toString());
  }

  @Test
  void anUnknownPassIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of("inspect", file, "--stop-after", "dead-code");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("burin inspect: there is no pass 'dead-code'; the passes are [strip-gradients, ");
  }

  @Test
  void aModelThatIsOnlyPartlyQuantizedIsShownWithTheReasons() throws IOException {
    Model partly = Model.sequential("p", 1, Shape.of(2), to("fixed<6,3,rnd_conv,sat>"), Dense.of(3), Activation.TANH);
    ModelFile.write(file, partly);
    assertThat(shown("inspect", file, "--show", "types"))
        .startsWith("graph 'p' cannot become a fixed-point graph, 1 problem:\n  layer tanh: tanh ");
    CommandLineRun fixed = CommandLineRun.of("inspect", file, "--graph", "fixed");
    assertThat(fixed.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(fixed.err()).startsWith("burin inspect: graph 'p' cannot become a fixed-point graph, 1 problem:");
  }
}
