package org.burin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.burin.data.Column.Role;
import org.burin.data.CsvColumns;
import org.burin.data.CsvFile;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.data.Npy;
import org.burin.tensor.Shape;

/// Samples in a file of the user's, read as they are needed.
///
/// @param file an NPY file, samples along the first axis, or else a text file with a sample on each line
/// @param columns the names or, counted from 1, the numbers of the columns of a text file; empty for all
/// @param header whether the first line of a text file names the columns
record Samples(Path file, List<String> columns, boolean header) {
  /// The samples as the input column of this name and shape.
  ///
  /// @param sample the shape of one sample
  /// @throws DataException when the file cannot be read, or its samples have another number of elements
  Dataset open(String input, Shape sample) {
    boolean npy = file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    Dataset data = npy ? Npy.stream(file, Role.INPUT, input, Npy.Precision.ROUNDED) : text(input);
    Shape found = data.column(Role.INPUT, input).shape();
    if (npy ? !found.equals(sample) : found.size() != sample.size()) {
      throw new DataException(file + ": has samples of shape " + found + ", the model's input '" + input + "' needs "
          + sample + (npy ? "" : "; choose the columns with --columns"));
    }
    return npy ? data : data.reshape(Role.INPUT, input, sample);
  }

  private Dataset text(String input) {
    CsvFile csv = CsvFile.of(file).delimiter(file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',');
    CsvColumns chosen;
    if (columns.isEmpty()) {
      chosen = CsvColumns.others();
    } else if (columns.stream().allMatch(c -> c.matches("\\d{1,6}"))) {
      chosen = CsvColumns.at(columns.stream().mapToInt(Integer::parseInt).toArray());
    } else {
      chosen = CsvColumns.named(columns.toArray(String[]::new));
    }
    return (header ? csv : csv.noHeader()).input(input, chosen).stream();
  }
}
