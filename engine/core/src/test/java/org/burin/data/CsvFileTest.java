package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.burin.data.Column.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  private static final String JETS = """
      pt,mass,class
      1.5,-2,q
      3e-1,4.25,t
      5,6,g
      """;

  @TempDir Path folder;

  @Test
  void columnsByNameAndTheRest() {
    Dataset data = csv(JETS)
        .labels("jet", CsvColumns.named("class"), "g", "q", "t")
        .input("x", CsvColumns.others())
        .read();
    assertThat(data.columns().toString()).isEqualTo("[target jet [], input x [2]]");
    assertThat(data.tensor(Role.INPUT, "x")).isEqualTo(Tensor.of(Shape.of(3, 2), 1.5f, -2, 0.3f, 4.25f, 5, 6));
    assertThat(data.tensor(Role.TARGET, "jet")).isEqualTo(Tensor.vector(1, 2, 0));
    assertThat(data.column(Role.TARGET, "jet").classes()).containsExactly("g", "q", "t");
  }

  @Test
  void columnsByPositionInAnyOrderAndMoreThanOnce() {
    Dataset data = csv("1,2,3\n4,5,6\n").noHeader()
        .input("x", CsvColumns.at(3, 1))
        .target("y", CsvColumns.range(1, 3))
        .weight(CsvColumns.at(2))
        .read();
    assertThat(data.tensor(Role.INPUT, "x")).isEqualTo(Tensor.of(Shape.of(2, 2), 3, 1, 6, 4));
    assertThat(data.tensor(Role.TARGET, "y")).isEqualTo(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
    assertThat(data.tensor(Role.WEIGHT, Column.EVERY_TARGET)).isEqualTo(Tensor.vector(2, 5));
  }

  @Test
  void classesFoundInTheFileAreSorted() {
    assertThat(csv(JETS).labels("jet", CsvColumns.named("class")).read().columns().getFirst().classes())
        .containsExactly("g", "q", "t");
    Dataset mixed = csv("d\n10\n9\n-1\n9\n").noHeader().labels("d", CsvColumns.at(1)).read();
    assertThat(mixed.columns().getFirst().classes()).containsExactly("-1", "10", "9", "d");
  }

  @Test
  void integerClassesAreInNumericOrder() {
    Dataset digits = csv("10\n9\n-1\n9\n").noHeader().labels("d", CsvColumns.at(1)).read();
    assertThat(digits.columns().getFirst().classes()).containsExactly("-1", "9", "10");
    assertThat(digits.tensor(Role.TARGET, "d")).isEqualTo(Tensor.vector(2, 1, 0, 1));
  }

  @Test
  void delimiterCommentsQuotesEmptyLinesAndLineEnds() {
    Dataset data = csv("\uFEFF# made by hand\r\n\r\n\"a;b\";c\r\n1;2\r\n\r\n# 9;9\r\n\"3\"; 4 \r\n\"5\";6")
        .delimiter(';').comments('#')
        .input("x", CsvColumns.named("a;b", "c"))
        .read();
    assertThat(data.tensor(Role.INPUT, "x")).isEqualTo(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
  }

  @Test
  void missingAndNonFiniteNumbersOnRequest() {
    Dataset data = csv("a,b\n,nan\n-inf,1e39\n").missing(-7).allowNonFinite().input("x", CsvColumns.others()).read();
    assertThat(data.tensor(Role.INPUT, "x").data())
        .containsExactly(-7, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  @Test
  void streamingGivesWhatReadingGives() throws IOException {
    StringBuilder text = new StringBuilder("# header comes late\n".repeat(CsvFormat.PAGE + 3)).append("x,half,y\n");
    int samples = 3 * CsvFormat.PAGE + 100;
    for (int i = 0; i < samples; i++) {
      text.append(i % 1000 == 7 ? "\n" : "").append(i % 500 == 3 ? "# note\n" : "");
      text.append(i).append(',').append(i + 0.5f).append(",\"").append(-i).append("\"\n");
    }
    CsvFile file = csv(text.toString()).comments('#')
        .input("x", CsvColumns.named("x", "half")).target("y", CsvColumns.named("y"));
    Dataset streamed = file.stream().reshape(Role.TARGET, "y", Shape.SCALAR);
    Dataset loaded = TestData.numbered(samples);
    assertThat(streamed.size()).isEqualTo(samples);
    assertThat(streamed.blockSize()).isEqualTo(CsvFormat.PAGE);
    assertThat(streamed.load().tensor(Role.INPUT, "x")).isEqualTo(loaded.tensor(Role.INPUT, "x"));
    BatchOptions whole = BatchOptions.of(100).shuffle(4);
    BatchOptions small = whole.shuffleWindow(CsvFormat.PAGE);
    try (Batches fits = streamed.batches(whole); Batches windows = streamed.batches(small)) {
      assertThat(TestData.positions(fits)).isEqualTo(TestData.positions(loaded.batches(whole)));
      assertThat(TestData.positions(windows)).hasSize(samples).doesNotHaveDuplicates();
    }
    Dataset.Split split = streamed.split(0.3, 5);
    try (Batches train = split.train().batches(small); Batches validation = split.validation().batches(small)) {
      List<Integer> all = TestData.positions(train);
      all.addAll(TestData.positions(validation));
      assertThat(all).hasSize(samples).doesNotHaveDuplicates();
    }
    assertThat(streamed.subset(9000, 5, 4096, 4095).tensor(Role.TARGET, "y"))
        .isEqualTo(Tensor.vector(-9000, -5, -4096, -4095));
  }

  @Test
  void aFileThatChangesWhileInUse() throws IOException {
    Path path = write(JETS);
    Dataset data = CsvFile.of(path).input("x", CsvColumns.named("pt")).stream();
    Files.writeString(path, JETS + "1,2,q\n");
    assertError(data::load, path + ": the file has changed since it was opened; open it again");
  }

  @Test
  void badCellsSayWhereTheyAre() {
    assertError(() -> pt("pt,y\n1,2\n# 5\nx1,2\n"),
        "data.csv:4: column 1 'pt': expected a number, found 'x1'; correct the cell or leave the column out");
    assertError(() -> pt("pt,y\n1,2\n,2\n"),
        "data.csv:3: column 1 'pt': expected a number, found an empty cell; fill it in, or say what it stands"
            + " for (missing)");
    assertError(() -> pt("pt,y\nNaN,2\n"),
        "data.csv:2: column 1 'pt': expected a finite float32, found 'NaN'; remove the line, or allow such numbers"
            + " (allowNonFinite)");
    assertError(() -> pt("pt,y\n1e39,2\n"),
        "data.csv:2: column 1 'pt': expected a finite float32, found '1e39'; remove the line, or allow such numbers"
            + " (allowNonFinite)");
    assertError(() -> pt("pt,y\n" + "ab".repeat(30) + ",2\n"),
        "data.csv:2: column 1 'pt': expected a number, found '" + "ab".repeat(20) + "...'; correct the cell or"
            + " leave the column out");
    assertError(() -> csv("a,b\n1,2\n").noHeader().input("x", CsvColumns.at(2)).read(),
        "data.csv:1: column 2: expected a number, found 'b'; correct the cell or leave the column out; if this line is"
            + " a header, do not say that there is none (noHeader)");
    assertError(() -> csv(JETS).labels("jet", CsvColumns.named("class"), "g", "q").read(),
        "data.csv:3: column 3 'class': expected one of the classes g, q; found 't'");
    assertError(() -> csv("class,y\n ,2\n").labels("jet", CsvColumns.named("class")).read(),
        "data.csv:2: column 1 'class': expected a class name, found an empty cell; fill it in or remove the line");
  }

  @Test
  void numbersBelowTheLeastAreErrors() {
    assertThat(csv("a,b\n0,-1\n").input("x", CsvColumns.named("a"), 0).read().size()).isEqualTo(1);
    assertError(() -> csv("a,b\n0,1\n3,-0.5\n").input("x", CsvColumns.others(), 0).read(),
        "data.csv:3: column 2 'b': expected a number of at least 0.0, found '-0.5'; correct the cell or remove the line");
  }

  @Test
  void aBadCellFarIntoTheFileIsFoundOnOpening() {
    String text = "pt,y\n" + "1,2\n".repeat(3 * CsvFormat.PAGE) + "1,2\n3;4,5\n";
    assertError(() -> csv(text).input("x", CsvColumns.named("pt")).stream(), "data.csv:" + (3 * CsvFormat.PAGE + 3)
        + ": column 1 'pt': expected a number, found '3;4'; correct the cell or leave the column out");
  }

  @Test
  void columnsThatAreNotUsedMayHoldAnything() {
    assertThat(pt("pt,y\n1,abc\n2,\n").tensor(Role.INPUT, "x")).isEqualTo(Tensor.of(Shape.of(2, 1), 1, 2));
  }

  @Test
  void aWrongNumberOfColumns() {
    assertError(() -> pt("pt,y\n1,2\n1,2,3\n"),
        "data.csv:3: found 3 columns, expected 2 as in the header; correct the line, or check the delimiter ','");
    assertError(() -> pt("pt,y\n1,2\nabc\n"),
        "data.csv:3: found 1 column, expected 2 as in the header; correct the line, or check the delimiter ','");
    assertError(() -> csv("1\t2\n1 2\n").noHeader().delimiter('\t').input("x", CsvColumns.others()).read(),
        "data.csv:2: found 1 column, expected 2 as in the first line; correct the line, or check the delimiter '\t'");
  }

  @Test
  void badChoicesOfColumns() {
    assertError(() -> csv(JETS).input("x", CsvColumns.named("energy")).read(),
        "data.csv: there is no column 'energy'; the header has pt, mass, class");
    assertError(() -> csv(JETS).noHeader().input("x", CsvColumns.named("pt")).read(),
        "data.csv: column 'pt' is chosen by name, but the file is read without a header; choose it by position");
    assertError(() -> csv(JETS).input("x", CsvColumns.at(0)).read(),
        "data.csv: there is no column 0; the file has 3 columns, counted from 1");
    assertError(() -> csv("a,b,a\nx,1,1\n").input("x", CsvColumns.named("a")).read(),
        "data.csv: columns 1 and 3 are both called 'a'; choose by position");
    assertError(() -> csv(JETS).labels("y", CsvColumns.named("pt", "mass")).read(),
        "data.csv: 2 columns are chosen for the target 'y'; expected one");
    assertError(() -> csv(JETS).input("x", CsvColumns.range(1, 3)).target("y", CsvColumns.others()).read(),
        "data.csv: no column is left for the target 'y'; the header has pt, mass, class");
    assertError(() -> csv(JETS).read(), "data.csv: no column is chosen; call input, target, labels or weight");
    assertError(() -> csv(JETS).labels("y", CsvColumns.named("class"), "g", "g").read(),
        "data.csv: the class names [g, g] are not all different");
    assertError(() -> csv("1,2\n3,4\n").input("x", CsvColumns.others()).read(),
        "data.csv:1: expected the names of the columns, but every cell is a number; if the file has no header, say so"
            + " (noHeader)");
  }

  @Test
  void filesThatHoldNothing() {
    assertError(() -> pt(""),
        "data.csv: the file is empty; expected a line with the names of the columns, then samples");
    assertError(() -> csv("\n\n").noHeader().input("x", CsvColumns.others()).read(),
        "data.csv: the file is empty; expected one sample per line");
    assertError(() -> pt("pt,y\n"),
        "data.csv: the file has a header but no samples; expected one sample per line");
    Path missing = folder.resolve("missing.csv");
    assertError(() -> CsvFile.of(missing).input("x", CsvColumns.others()).read(), missing + ": there is no such file");
    CsvFile directory = CsvFile.of(folder).input("x", CsvColumns.others());
    assertError(directory::read, folder + ": is a folder; expected a file");
  }

  @Test
  void filesThatAreNotCsv() {
    assertError(() -> pt("pt,y\n1,\"2\n3,4\n"),
        "data.csv: is not well-formed CSV: Unclosed quoted field at end of input"
        + " (record starting at line 2); correct the line");
  }

  private Dataset pt(String text) {
    return csv(text).comments('#').input("x", CsvColumns.named("pt")).read();
  }

  private CsvFile csv(String text) {
    return CsvFile.of(write(text));
  }

  private Path write(String text) {
    try {
      return Files.write(folder.resolve("data.csv"), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertError(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(DataException.class)
        .satisfies(e -> assertThat(e.getMessage().replace(folder + "/data.csv", "data.csv"))
            .isEqualTo(message.replace(folder + "/data.csv", "data.csv")));
  }
}
