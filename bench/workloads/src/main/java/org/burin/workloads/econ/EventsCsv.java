package org.burin.workloads.econ;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.burin.data.Column.Role;
import org.burin.data.CsvColumns;
import org.burin.data.CsvFile;
import org.burin.data.DataException;
import org.burin.data.Dataset;

/// Reads modules in the form of the published data: one module per line, its charges in the 48 columns `CALQ_0` to
/// `CALQ_47`, with or without a header.
///
/// With a header the columns may be in any order. Without one the charges are the first 48 columns, and the further
/// ones are called as in the published files. Further columns of numbers are kept; a column whose first cell is no
/// number is not.
public final class EventsCsv {
  private static final String CHARGES = "charges";
  private static final List<String> NAMES =
      IntStream.range(0, Hgcal.CELLS).mapToObj(i -> "CALQ_" + i).toList();

  /// The columns behind the charges in the published files.
  private static final List<String> FURTHER =
      List.of("entry", "zside", "layer", "waferu", "waferv", "simenergy", "subdet", "tc_eta", "tc_phi");

  private EventsCsv() {}

  /// Reads a whole file. Modules without any charge are left out and counted.
  ///
  /// @throws DataException when the file is missing or empty, has no module with charge, too few columns, a line of
  ///     another length, or a cell that is not a number or negative
  public static Events read(Path file) {
    List<List<String>> first = firstLines(file);
    boolean header = first.isEmpty() || first.getFirst().stream().anyMatch(EventsCsv::isName);
    CsvFile csv = CsvFile.of(file);
    Map<String, Integer> further = new LinkedHashMap<>();
    if (header) {
      csv.input(CHARGES, CsvColumns.named(NAMES.toArray(String[]::new)), 0);
      if (!first.isEmpty()) {
        further.putAll(further(first.getFirst(), first.getLast()));
      }
    } else {
      int width = first.getFirst().size();
      if (width < Hgcal.CELLS) {
        throw new DataException(file + ":1: found " + width + (width == 1 ? " column" : " columns")
            + ", expected the 48 columns CALQ_0 to CALQ_47; correct the file, or check that its cells are parted by"
            + " commas");
      }
      csv.noHeader().input(CHARGES, CsvColumns.range(1, Hgcal.CELLS), 0);
      further.putAll(further(withoutHeader(width), first.getFirst()));
    }
    further.forEach((name, column) -> csv.input(name, CsvColumns.at(column + 1)));
    return events(file, csv.read(), List.copyOf(further.keySet()));
  }

  private static Events events(Path file, Dataset data, List<String> further) {
    Map<String, float[]> extra = new LinkedHashMap<>();
    for (String name : further) {
      extra.put(name, data.tensor(Role.INPUT, name).data());
    }
    Events all = new Events(data.tensor(Role.INPUT, CHARGES).data(), extra, 0);
    Events charged = all.where(i -> all.total(i) > 0);
    if (charged.size() == 0) {
      throw new DataException(file + ": all charges of its " + all.size()
          + (all.size() == 1 ? " module are 0" : " modules are 0") + "; expected a module with charge");
    }
    return new Events(charged.charges(), charged.extra(), all.size() - charged.size());
  }

  private static List<String> withoutHeader(int width) {
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(FURTHER);
    for (int c = names.size(); c < width; c++) {
      names.add("column_" + (c + 1));
    }
    return names.subList(0, width);
  }

  /// The positions of the further columns whose first cell is a number.
  private static Map<String, Integer> further(List<String> names, List<String> cells) {
    Map<String, Integer> further = new LinkedHashMap<>();
    for (int c = 0; c < Math.min(names.size(), cells.size()); c++) {
      if (!NAMES.contains(names.get(c)) && cells.get(c).matches("[-+]?[\\d.].*")) {
        further.putIfAbsent(names.get(c), c);
      }
    }
    return further;
  }

  /// The first line and the one behind it, as far as there are any.
  private static List<List<String>> firstLines(Path file) {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return in.lines().filter(line -> !line.isBlank()).limit(2)
          .map(line -> Arrays.stream(line.split(",", -1)).map(EventsCsv::unquoted).toList()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // the reader of the file says what is wrong with it
    }
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.startsWith("\uFEFF") ? unquoted(text.substring(1)) : text.replaceAll("^\"|\"$", "");
  }

  /// Whether a cell is the name of a column, and neither a number nor what should have been one.
  private static boolean isName(String cell) {
    return !cell.toLowerCase(Locale.ROOT).matches("|[-+]?([\\d.].*|nan|inf|infinity)");
  }
}
