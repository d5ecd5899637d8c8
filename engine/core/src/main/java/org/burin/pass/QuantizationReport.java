package org.burin.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedInterpreter.Results;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Precision;
import org.burin.tensor.Tensor;

/// What a lowered model consists of: types, ranges, work and tables of every value where something is multiplied or lost.
///
/// @param graph the name of the graph
/// @param rows a row for each input, constant factor, product, quantizer, quotient and table, in order
/// @param inexact where float32 may round; see [Lowered#inexact]
public record QuantizationReport(String graph, List<Row> rows, List<Inexact> inexact) {
  private static final List<String> TITLES = List.of("Layer", "Value", "Declared", "Inferred", "Proven range",
      "Used range", "Overflows", "EBOPs", "Table", "Worst error");

  /// What a value came to on samples.
  ///
  /// @param low the smallest number
  /// @param high the largest number
  /// @param overflows how many numbers were beyond the range of the declared type
  /// @param count how many numbers there were
  public record Used(double low, double high, long overflows, long count) {}

  /// One value.
  ///
  /// @param layer the path of its layer, or empty outside of any
  /// @param value its number in the fixed graph and what it is, such as `%4 matmul`
  /// @param declared the types that it is brought to, such as `fixed<8,3,rnd_conv,sat>`; empty where there are none
  /// @param inferred the smallest type that holds all that it can be
  /// @param low the smallest number that it can be
  /// @param high the largest number that it can be
  /// @param used what it came to on samples, if any were given
  /// @param ebops its effective bit operations
  /// @param entries the number of entries of its tables
  /// @param tableError the largest difference of an entry from the function, or 0 without a table
  public record Row(
      String layer,
      String value,
      String declared,
      FixedType inferred,
      double low,
      double high,
      Optional<Used> used,
      long ebops,
      long entries,
      double tableError) {}

  /// Copies the lists.
  public QuantizationReport {
    rows = List.copyOf(rows);
    inexact = List.copyOf(inexact);
  }

  /// Where the numbers that a value came to are found.
  private interface Observations {
    /// What a value came to, if that is known.
    Optional<Used> of(FixedValue v);
  }

  /// The report on a lowered graph, without samples.
  public static QuantizationReport of(Lowered lowered) {
    return of(lowered, v -> Optional.empty());
  }

  /// The report on a lowered graph, and on what its values come to on samples.
  ///
  /// @param inputs a tensor for every input, by name, samples along the first axis
  /// @throws org.burin.fixed.FixedException when an input is missing or has another shape
  public static QuantizationReport of(Lowered lowered, Map<String, Tensor> inputs) {
    Results results = FixedEvaluator.results(lowered.fixed(), inputs);
    return of(lowered, v -> {
      double unit = Math.scalb(1.0, -results.value(v).fraction());
      return Optional.of(new Used(
          results.low(v) * unit, results.high(v) * unit, results.overflows(v), results.value(v).size()));
    });
  }

  private static QuantizationReport of(Lowered lowered, Observations observations) {
    List<Row> rows = new ArrayList<>();
    for (FixedValue v : lowered.fixed().values()) {
      long ebops = Ebops.of(v);
      if (ebops > 0) {
        FixedOperands.of(v.op()).stream()
            .filter(o -> o.op() instanceof FixedOp.Constant)
            .forEach(o -> rows.add(row(o, 0, Optional.empty())));
      }
      if (ebops > 0 || isLossy(v.op()) || isProduct(v.op())) {
        rows.add(row(v, ebops, observations.of(v)));
      }
    }
    return new QuantizationReport(lowered.fixed().name(), rows.stream().distinct().toList(), lowered.inexact());
  }

  private static boolean isLossy(FixedOp op) {
    return op instanceof FixedOp.Input || op instanceof FixedOp.Quantize || op instanceof FixedOp.Divide
        || op instanceof FixedOp.Lookup;
  }

  private static boolean isProduct(FixedOp op) {
    return op instanceof FixedOp.MatMul || op instanceof FixedOp.Conv2d || op instanceof FixedOp.Conv2dTranspose;
  }

  private static Row row(FixedValue v, long ebops, Optional<Used> used) {
    Precision p = v.precision();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < p.grid().size(); i++) {
      low = Math.min(low, Math.scalb((double) p.low(i), -p.fraction()));
      high = Math.max(high, Math.scalb((double) p.high(i), -p.fraction()));
    }
    List<LookupTable> tables = v.op() instanceof FixedOp.Lookup o ? o.tables() : List.of();
    return new Row(v.layer(), v + " " + kind(v.op()), declared(v.op()), p.type(), low, high, used, ebops,
        tables.stream().mapToLong(t -> t.entries().length).sum(),
        tables.stream().mapToDouble(LookupTable::worstError).max().orElse(0));
  }

  private static String kind(FixedOp op) {
    return switch (op) {
      case FixedOp.Input(var name, _, _) -> "input " + name;
      case FixedOp.Constant _ -> "constant";
      case FixedOp.Quantize _ -> "quantize";
      case FixedOp.Divide _ -> "divide";
      case FixedOp.Lookup o ->
          "table " + o.tables().stream().map(LookupTable::function).distinct().limit(2).collect(Collectors.joining(", "))
              + (o.tables().size() > 1 ? " (" + o.tables().size() + " tables)" : "");
      case FixedOp.MatMul _ -> "matmul";
      case FixedOp.Conv2d _ -> "conv2d";
      case FixedOp.Conv2dTranspose _ -> "conv2d_transpose";
      case FixedOp.Multiply _ -> "mul";
      case FixedOp.Add _, FixedOp.Subtract _, FixedOp.Negate _, FixedOp.Absolute _, FixedOp.Shift _,
          FixedOp.Maximum _, FixedOp.Minimum _, FixedOp.Compare _, FixedOp.Select _, FixedOp.MaxPool2d _,
          FixedOp.SumPool2d _, FixedOp.Upsample2d _, FixedOp.Sum _, FixedOp.Max _, FixedOp.ArgMax _, FixedOp.Gather _,
          FixedOp.Concat _, FixedOp.Slice _, FixedOp.Pad _, FixedOp.Reshape _, FixedOp.Transpose _,
          FixedOp.Broadcast _ -> throw new IllegalArgumentException(op + " has no row");
    };
  }

  private static String declared(FixedOp op) {
    ElementTypes types = op instanceof FixedOp.Input(_, _, var t) ? t
        : op instanceof FixedOp.Quantize(_, var t) ? t
        : op instanceof FixedOp.Divide(_, _, var t) ? t : null;
    if (types == null) {
      return "";
    }
    List<FixedType> distinct = types.types().stream().distinct().toList();
    if (distinct.size() == 1) {
      return distinct.getFirst().toString();
    }
    int narrowest = distinct.stream().mapToInt(FixedType::width).min().orElse(0);
    int widest = distinct.stream().mapToInt(FixedType::width).max().orElse(0);
    return distinct.size() + " types of " + narrowest + " to " + widest + " bits";
  }

  /// The effective bit operations of the whole graph.
  public long ebops() {
    return rows.stream().mapToLong(Row::ebops).sum();
  }

  /// The entries of all tables.
  public long entries() {
    return rows.stream().mapToLong(Row::entries).sum();
  }

  /// The report as a table, its last line the totals, and below it where float32 may round.
  @Override
  public String toString() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(TITLES);
    for (Row r : rows) {
      cells.add(List.of(r.layer(), r.value(), r.declared(), type(r.inferred()), range(r.low(), r.high()),
          r.used().map(u -> range(u.low(), u.high())).orElse(""),
          r.used().map(u -> u.overflows() + " of " + u.count()).orElse(""),
          r.ebops() == 0 ? "" : number(r.ebops()), r.entries() == 0 ? "" : number(r.entries()),
          r.entries() == 0 ? "" : String.format(Locale.ROOT, "%.3g", r.tableError())));
    }
    cells.add(List.of("total", "", "", "", "", "", "", number(ebops()), number(entries()), ""));
    StringBuilder s = new StringBuilder("fixed graph \"").append(graph).append("\"\n").append(TextTable.of(cells, 7));
    s.append(inexact.isEmpty() ? "float32 computes it exactly\n" : "float32 may round:\n");
    inexact.forEach(i -> s.append("  ").append(i).append('\n'));
    return s.toString();
  }

  /// The type without its modes, which say nothing about what is inferred.
  private static String type(FixedType t) {
    return (t.signed() ? "" : "u") + "fixed<" + t.width() + "," + t.integer() + ">";
  }

  private static String range(double low, double high) {
    return decimal(low) + " .. " + decimal(high);
  }

  private static String decimal(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e9 ? Long.toString((long) x) : String.format(Locale.ROOT, "%.6g", x);
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
