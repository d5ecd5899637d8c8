package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCsvTest {
  private static final String HEADER =
      IntStream.range(0, 48).mapToObj(i -> "CALQ_" + i).collect(Collectors.joining(","));

  @TempDir
  Path folder;

  @Test
  void readsChargesWithAndWithoutHeader() throws IOException {
    float[] expected = new float[96];
    for (int i = 0; i < 96; i++) {
      expected[i] = i < 48 ? i : i - 47;
    }
    assertThat(EventsCsv.read(file(HEADER, line(0), line(1))).charges()).containsExactly(expected);
    assertThat(EventsCsv.read(file(line(0), line(1))).charges()).containsExactly(expected);
  }

  @Test
  void findsColumnsByNameAndKeepsFurtherNumbers() throws IOException {
    List<String> names = new ArrayList<>(List.of(HEADER.split(",")));
    Collections.reverse(names);
    List<String> values = new ArrayList<>(List.of(line(0).split(",")));
    Collections.reverse(values);
    Events events = EventsCsv.read(file("entry,ModType," + String.join(",", names) + ",SimEnergy",
        "7,FI," + String.join(",", values) + ",2.5", "8,FM," + String.join(",", values) + ",3.5"));
    assertThat(events.charges()).startsWith(0, 1, 2, 3).endsWith(45, 46, 47);
    assertThat(events.extra().keySet()).containsExactly("entry", "SimEnergy");
    assertThat(events.extra().get("SimEnergy")).containsExactly(2.5f, 3.5f);
  }

  @Test
  void furtherColumnsWithoutHeaderHaveTheirPublishedNames() throws IOException {
    Events events = EventsCsv.read(file(line(0) + ",5,1,9,-2,3,0.5,1,2.1,-0.3,77"));
    assertThat(events.extra().keySet()).containsExactly("entry", "zside", "layer", "waferu", "waferv", "simenergy",
        "subdet", "tc_eta", "tc_phi", "column_58");
    assertThat(events.extra().get("layer")).containsExactly(9);
    assertThat(events.extra().get("waferu")).containsExactly(-2);
  }

  @Test
  void modulesWithoutChargeAreDroppedAndCounted() throws IOException {
    Events events = EventsCsv.read(file(HEADER, zeros(), line(1), zeros()));
    assertThat(events.size()).isEqualTo(1);
    assertThat(events.dropped()).isEqualTo(2);
  }

  @Test
  void badNumbersAreNamedByFileLineAndColumn() throws IOException {
    Path negative = file(HEADER, line(0), "", line(0).replace(",17,", ",-17,"));
    assertThatThrownBy(() -> EventsCsv.read(negative)).isInstanceOf(DataException.class)
        .hasMessage(negative + ":4: column 18 'CALQ_17': expected a number of at least 0.0, found '-17'; correct the cell"
            + " or remove the line");
    Path nan = file(line(0).replace(",17,", ",nan,"));
    assertThatThrownBy(() -> EventsCsv.read(nan)).isInstanceOf(DataException.class)
        .hasMessageStartingWith(nan + ":1: column 18: expected a finite float32, found 'nan'; remove the line");
    Path text = file(HEADER, line(0).replace(",17,", ",many,"));
    assertThatThrownBy(() -> EventsCsv.read(text)).isInstanceOf(DataException.class)
        .hasMessageStartingWith(text + ":2: column 18 'CALQ_17': expected a number, found 'many'");
  }

  @Test
  void wrongNumbersOfColumnsAreNamed() throws IOException {
    Path few = file(line(0).substring(0, line(0).lastIndexOf(',')));
    assertThatThrownBy(() -> EventsCsv.read(few)).isInstanceOf(DataException.class)
        .hasMessage(few + ":1: found 47 columns, expected the 48 columns CALQ_0 to CALQ_47; correct the file, or check"
            + " that its cells are parted by commas");
    Path missing = file(HEADER.replace("CALQ_3,", ""), line(0));
    assertThatThrownBy(() -> EventsCsv.read(missing)).isInstanceOf(DataException.class)
        .hasMessageStartingWith(missing + ": there is no column 'CALQ_3'; the header has CALQ_0, CALQ_1, CALQ_2, CALQ_4");
    Path uneven = file(HEADER, line(0), line(0) + ",1");
    assertThatThrownBy(() -> EventsCsv.read(uneven)).isInstanceOf(DataException.class)
        .hasMessageStartingWith(uneven + ":3: found 49 columns, expected 48 as in the header");
  }

  @Test
  void filesWithoutChargeAreRefused() throws IOException {
    Path zero = file(HEADER, zeros(), zeros());
    assertThatThrownBy(() -> EventsCsv.read(zero)).isInstanceOf(DataException.class)
        .hasMessage(zero + ": all charges of its 2 modules are 0; expected a module with charge");
    Path empty = file();
    assertThatThrownBy(() -> EventsCsv.read(empty)).isInstanceOf(DataException.class)
        .hasMessageStartingWith(empty + ": the file is empty");
    Path nothing = folder.resolve("nothing.csv");
    assertThatThrownBy(() -> EventsCsv.read(nothing)).isInstanceOf(DataException.class)
        .hasMessage(nothing + ": there is no such file");
  }

  @Test
  void readsThePublishedSample() {
    Events events = EventsCsv.read(RealData.file("econ/calq_5000.csv"));
    assertThat(events.size()).isEqualTo(5000);
    assertThat(events.dropped()).isZero();
    assertThat(events.charges()).startsWith(136, 232, 272, 76);
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("calq.csv"), List.of(lines));
  }

  private static String line(int first) {
    return IntStream.range(first, first + 48).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static String zeros() {
    return String.join(",", Collections.nCopies(48, "0"));
  }
}
