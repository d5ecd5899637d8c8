package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.ir.IrText;
import org.burin.nn.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that make and use model files, on a small workload.
final class TrainCommandTest {
  @TempDir private Path temp;
  private Path out;

  @BeforeEach
  void chooseFolder() {
    out = temp.resolve("run 1");
  }

  @Test
  void trainingReportsTheAccuracyAndWritesModelAndHistory() {
    CommandLineRun run = CommandLineRun.of("train", "signs", "--out", out);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("workload  signs"),
            line -> assertThat(line).startsWith("loss      0."),
            line -> assertThat(line).startsWith("accuracy  0."),
            line -> assertThat(line).isEqualTo("epochs    3"),
            line -> assertThat(line).isEqualTo("model     " + out.resolve("model.burin")));
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("model.burin")).isRegularFile();
    assertThat(out.resolve("history.json")).content().contains("\"accuracy\"", "\"val_loss\"", "\"completed\"");
  }

  @Test
  void theSameSeedGivesTheSameModelForAnyNumberOfThreadsAndAnotherSeedGivesAnother() {
    CommandLineRun.of("train", "signs", "--seed", 7, "--threads", 1, "--out", out);
    CommandLineRun.of("train", "signs", "--seed", 7, "--threads", 2, "--out", temp.resolve("same"));
    CommandLineRun.of("train", "signs", "--seed", 8, "--out", temp.resolve("other"));
    assertThat(out.resolve("model.burin")).hasSameBinaryContentAs(temp.resolve("same/model.burin"));
    assertThat(parameters(out)).isNotEqualTo(parameters(temp.resolve("other")));
  }

  @Test
  void aResumedTrainingEndsLikeOneThatWasNotStopped() {
    CommandLineRun.of("train", "signs", "--seed", 3, "--batch", 64, "--epochs", 2, "--out", out);
    CommandLineRun resumed = CommandLineRun.of("train", "--resume", out, "--epochs", 5);
    CommandLineRun whole =
        CommandLineRun.of("train", "signs", "--seed", 3, "--batch", 64, "--epochs", 5, "--out", temp.resolve("whole"));
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.code()).isEqualTo(ExitCode.OK);
    assertThat(resumed.out().lines().limit(4)).containsExactlyElementsOf(whole.out().lines().limit(4).toList());
    assertThat(out.resolve("model.burin")).hasSameBinaryContentAs(temp.resolve("whole/model.burin"));
    assertThat(out.resolve("history.json")).hasSameTextualContentAs(temp.resolve("whole/history.json"));
  }

  @Test
  void jsonHoldsTheSameResultsInFull() {
    CommandLineRun run = CommandLineRun.of("train", "signs", "--out", out, "--json");
    Matcher json = Pattern.compile(
            "\\{\"schema\": \"burin.train/1\", "
                + "\"workload\": \"signs\", \"loss\": [0-9.E-]+, \"accuracy\": ([0-9.]+), \"epochs\": 3, \"model\": \"(.*)\"}\n")
        .matcher(run.out());
    assertThat(json.matches()).as(run.out()).isTrue();
    assertThat(Double.parseDouble(json.group(1))).isBetween(0.5, 1.0);
    assertThat(json.group(2)).isEqualTo(out.resolve("model.burin").toString());
  }

  @Test
  void evaluationGivesWhatTrainingReported() {
    CommandLineRun trained = CommandLineRun.of("train", "signs", "--seed", 5, "--out", out);
    CommandLineRun evaluated = CommandLineRun.of("eval", out.resolve("model.burin"));
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out().lines()).containsExactlyElementsOf(trained.out().lines().limit(3).toList());
    assertThat(evaluated.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void inspectShowsTheLayersAndWhatTheModelWasTrainedFor() {
    CommandLineRun.of("train", "signs", "--out", out);
    CommandLineRun run = CommandLineRun.of("inspect", out.resolve("model.burin"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("dense", "train.workload: signs\n", "train.seed: 1\n");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void inspectPrintsGraphsThatParse() throws IOException {
    CommandLineRun.of("train", "signs", "--out", out);
    Path file = out.resolve("model.burin");
    String inference = CommandLineRun.of("inspect", file, "--graph").out();
    assertThat(IrText.print(IrText.parse(inference))).isEqualTo(inference);
    String training = CommandLineRun.of("inspect", "--graph=training", file).out();
    assertThat(training).isEqualTo(IrText.print(ModelFile.read(file).training()));
  }

  @Test
  void aFolderThatHoldsATrainingIsNotOverwritten() throws IOException {
    CommandLineRun.of("train", "signs", "--out", out);
    byte[] before = Files.readAllBytes(out.resolve("model.burin"));
    CommandLineRun run = CommandLineRun.of("train", "signs", "--seed", 2, "--out", out);
    assertThat(run.err()).startsWith("burin train: " + out).contains("exists already and is not overwritten").hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.resolve("model.burin")).hasBinaryContent(before);
  }

  @Test
  void optionsOfTheWorkloadAreNotedAndPartsWritten() throws IOException {
    CommandLineRun run = CommandLineRun.of("train", "signs", "--set", "units=3", "--out", out);
    assertThat(run.err()).isEmpty();
    Path part = out.resolve("whole.burin");
    assertThat(run.out().lines().toList()).endsWith("whole     " + part);
    assertThat(ModelFile.read(part).parameters().count()).isEqualTo(3 * 3 + 4 * 2);
    assertThat(ModelFile.read(out.resolve("model.burin")).metadata()).containsEntry("train.set.units", "3");
    CommandLineRun resumed = CommandLineRun.of("train", "--resume", out, "--epochs", 4);
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out()).contains("epochs    4\n");
    assertUsage("burin train: workload 'signs' has the option units, from 1 to 99, found tens=3",
        "train", "signs", "--out", out, "--set", "tens=3");
  }

  @Test
  void anUnknownWorkloadIsWrongUsageAndTheKnownOnesAreNamed() {
    CommandLineRun run = CommandLineRun.of("train", "sings", "--out", out);
    assertThat(run.err()).startsWith("burin train: no workload is called 'sings'; there is ").contains("signs");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(out).doesNotExist();
  }

  @Test
  void optionsThatDoNotMakeSenseAreWrongUsage() {
    assertUsage("burin train: give either --out DIR or --resume DIR", "train", "signs");
    assertUsage(
        "burin train: give either --out DIR or --resume DIR", "train", "signs", "--out", out, "--resume", out);
    assertUsage("burin train: trainer: the number of epochs is 0", "train", "signs", "--out", out, "--epochs", 0);
    assertUsage(
        "burin train: Invalid value for option '--batch': 'many' is not an int", "train", "signs", "--batch", "many");
    assertThat(out).doesNotExist();
  }

  @Test
  void quantizationsThatDoNotExistAreWrongUsageAndTheFormsAreNamed() {
    assertUsage("burin train: the quantization is 'little'; expected a number of bits from 2 to 16, or 'learned'",
        "train", "signs", "--out", out, "--quantize", "little");
    assertUsage("burin train: the quantization is '1'; expected a number of bits from 2 to 16, or 'learned'",
        "train", "signs", "--out", out, "--quantize", 1);
    assertUsage("burin train: workload 'signs' has no quantized model; leave the quantization '6' out",
        "train", "signs", "--out", out, "--quantize", 6);
    assertUsage("burin train: --target-ebops needs --quantize learned",
        "train", "signs", "--out", out, "--target-ebops", 100);
    assertUsage("burin train: a target of EBOPs needs bits that can be learned, the quantization is '6'; expected "
        + "'learned'", "train", "signs", "--out", out, "--quantize", 6, "--target-ebops", 100);
    assertUsage("burin train: quantization: the target of the EBOPs is -1.0; expected a positive number",
        "train", "signs", "--out", out, "--quantize", "learned", "--target-ebops", -1);
    assertThat(out).doesNotExist();
  }

  @Test
  void aTrainingWithLearnedBitsIsResumedAsSuchAndKeepsItsFront() {
    String[] options = {"--quantize", "learned", "--target-ebops", "150"};
    CommandLineRun.of("train", "signs", options[0], options[1], options[2], options[3], "--epochs", 2, "--out", out);
    CommandLineRun resumed = CommandLineRun.of("train", "--resume", out, "--epochs", 4);
    Path whole = temp.resolve("whole");
    CommandLineRun.of("train", "signs", options[0], options[1], options[2], options[3], "--epochs", 4, "--out", whole);
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.code()).isEqualTo(ExitCode.OK);
    for (String file : List.of("model.burin", "history.csv", "pareto/pareto.csv", "pareto/pareto.svg")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(out.resolve("history.csv")).content().contains(",ebops,ebops_factor\n");
    CommandLineRun inspected = CommandLineRun.of("inspect", out.resolve("model.burin"));
    assertThat(inspected.out()).contains("train.quantize: learned\n", "train.target-ebops: 150.0\n");
  }

  @Test
  void missingAndDamagedFilesAreBadInput() throws IOException {
    Path missing = temp.resolve("missing.burin");
    assertBadInput("burin eval: " + missing + ": no such file", "eval", missing);
    assertBadInput("burin train: " + out.resolve("checkpoint.burin") + ": no such file", "train", "--resume", out);
    assertBadInput("burin train: nowhere.csv: no such file", "train", "signs", "--out", out, "--data", "nowhere.csv");
    Path text = Files.writeString(temp.resolve("text.burin"), "not a model");
    assertBadInput("burin inspect: " + text, "inspect", text);
    CommandLineRun.of("train", "signs", "--out", out);
    byte[] checkpoint = Files.readAllBytes(out.resolve("checkpoint.burin"));
    Files.write(out.resolve("checkpoint.burin"), Arrays.copyOf(checkpoint, checkpoint.length / 2));
    assertBadInput("burin train: " + out.resolve("checkpoint.burin"), "train", "--resume", out);
  }

  private static void assertUsage(String message, Object... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertThat(run.err()).startsWith(message).endsWith("Try 'burin train --help'.\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  private static void assertBadInput(String message, Object... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertThat(run.err()).startsWith(message).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
  }

  private static String parameters(Path folder) {
    try {
      return ModelFile.read(folder.resolve("model.burin")).parameters().tensors().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
