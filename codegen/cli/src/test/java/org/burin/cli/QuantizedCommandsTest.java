package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.burin.fixed.FixedType;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the commands do with a quantized model.
final class QuantizedCommandsTest {
  @TempDir private Path temp;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = temp.resolve("small.burin");
    var type = Quantizers.fixed(FixedType.parse("fixed<6,2,rnd_conv,sat>"));
    ModelFile.write(model, Model.sequential("small", 1, Shape.of(3),
        QuantizerLayer.of(type),
        Dense.of(4).withKernelQuantizer(type).withBiasQuantizer(type),
        QuantizerLayer.of(Quantizers.quantizedRelu(5, 2)),
        Dense.of(2).withKernelQuantizer(type).withBiasQuantizer(type)));
  }

  @Test
  void trainerAndGeneratedCodeAgreeWithTheInterpreter() {
    CommandLineRun run = CommandLineRun.of(
        "verify", model, "--backend", "plan", "--vectors", 2000, "--keep", temp.resolve("failure"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("""
        model small in fixed, seed 1, 17 directed and 1983 random vectors
        stage    vectors  mismatches  result
        trainer     2000           0  ok
        plan        2000           0  ok
        """);
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theJvmBackendAgreesInFixedPointAndInFloats() {
    for (String arithmetic : List.of("fixed", "float")) {
      CommandLineRun run = CommandLineRun.of(
          "verify", model, "--target", "jvm", "--arithmetic", arithmetic, "--keep", temp.resolve("failure"));
      assertThat(run.out()).containsPattern("\njvm +10000 +0 +ok\n");
      assertThat(run.code()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void theSameModelInFloatsIsTranslatedIfAskedFor() {
    CommandLineRun run = CommandLineRun.of(
        "verify", model, "--backend", "plan", "--arithmetic", "float", "--vectors", 100);
    assertThat(run.out()).startsWith("model small in float, ");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aDifferenceIsFoundInsideOfTheGraph() {
    CommandLineRun run = CommandLineRun.of(
        "verify", model, "--backend", "plan", "-O", "fault=wrong", "--keep", temp.resolve("failure"));
    assertThat(run.out()).contains("plan: first difference: sample 2, %0[2] (Input), fixed<6,2,");
    assertThat(run.code()).isEqualTo(ExitCode.CHECK_FAILED);
  }

  @Test
  void compilingTwiceGivesTheSameBytes() {
    Path out = temp.resolve("out");
    CommandLineRun first = CommandLineRun.of("compile", model, "--backend", "plan", "--out", out);
    assertThat(first.err()).isEmpty();
    assertThat(first.out().lines()).allMatch(line -> line.startsWith("create  ")).hasSize(2);
    assertThat(CommandLineRun.of("compile", model, "--backend", "plan", "--out", out).out().lines())
        .allMatch(line -> line.startsWith("keep    "));
  }

  @Test
  void theReportListsTypesAndEffectiveBitOperations() {
    CommandLineRun run = CommandLineRun.of("report", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("matmul", "fixed<6,2,rnd_conv,sat>", "EBOPs");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void inspectionInJsonTellsWhatGoesInAndOut() {
    assertThat(CommandLineRun.of("inspect", model, "--json").out()).isEqualTo("{\"schema\": \"burin.inspect/1\", "
        + "\"model\": \"small\", \"inputs\": {\"x\": \"[N,3]\"}, \"outputs\": {\"y\": \"[N,2]\"}, "
        + "\"parameters\": 26, \"trainable\": 26, \"quantized\": true, \"notes\": {}}\n");
  }

  @Test
  void theReportInJsonTellsWhichRangesSamplesUse() throws IOException {
    Path csv = Files.writeString(temp.resolve("x.csv"), "a,b,c\n0.5,-0.25,1\n9,0,0\n");
    CommandLineRun run = CommandLineRun.of("report", model, "--data", csv, "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("{\"schema\": \"burin.report/1\", \"model\": \"small\", \"parameters\": 26, \"ebops\": ")
        .contains("\"used_low\": -0.25, \"used_high\": 1.9375, \"overflows\": 1, \"count\": 6");
  }

  @Test
  void aModelThatIsNotQuantizedThroughoutIsRefusedWithEveryReason() throws IOException {
    Path floats = SignsModel.write(temp);
    CommandLineRun run = CommandLineRun.of(
        "compile", floats, "--backend", "plan", "--arithmetic", "fixed", "--out", temp.resolve("out"));
    assertThat(run.err()).startsWith("burin compile: graph 'signs' cannot become a fixed-point graph, ");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
  }
}
