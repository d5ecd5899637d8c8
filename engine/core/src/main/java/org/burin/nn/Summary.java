package org.burin.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.ir.Graph;
import org.burin.ir.Op.Conv2d;
import org.burin.ir.Op.Conv2dTranspose;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.MatMul;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// The table of a model's layers, read off its graphs, so that it is the same for a model that was built, read or
/// imported.
final class Summary {
  private static final List<String> TITLES = List.of("Layer", "Output", "Parameters", "MACs/sample");

  private static final class Row {
    Shape output = Shape.SCALAR;
    long parameters;
    long macs;
  }

  private Summary() {}

  static String of(Model model) {
    Map<String, Row> rows = rows(model);
    List<List<String>> cells = new ArrayList<>();
    cells.add(TITLES);
    long macs = 0;
    for (Map.Entry<String, Row> e : rows.entrySet()) {
      Row row = e.getValue();
      cells.add(List.of(e.getKey(), row.output.toString(), number(row.parameters), number(row.macs)));
      macs += row.macs;
    }
    Parameters p = model.parameters();
    cells.add(List.of("total", "", number(p.count()), number(macs)));
    return "model \"" + model.name() + "\"\n" + table(cells) + number(p.trainableCount()) + " trainable, "
        + number(p.count() - p.trainableCount()) + " not trainable\n";
  }

  /// The layers of the graph to train, in order, since layers such as dropout exist only there; what they compute is
  /// taken from the graph to use, if they exist in it.
  private static Map<String, Row> rows(Model model) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Value v : model.inference().inputs()) {
      rows.computeIfAbsent("input " + ((Input) v.op()).name(), k -> new Row()).output = v.shape();
    }
    layers(model.training(), rows);
    Map<String, Row> used = new LinkedHashMap<>();
    layers(model.inference(), used);
    rows.putAll(used);
    for (String name : model.parameters().names()) {
      String layer = name.substring(0, Math.max(0, name.lastIndexOf('/')));
      rows.computeIfAbsent(layer, k -> new Row()).parameters += model.parameters().get(name).size();
    }
    return rows;
  }

  private static void layers(Graph graph, Map<String, Row> rows) {
    for (Value v : graph.values()) {
      if (!v.layer().isEmpty()) {
        Row row = rows.computeIfAbsent(v.layer(), k -> new Row());
        row.output = v.shape();
        row.macs += macs(v);
      }
    }
  }

  private static long macs(Value v) {
    long elements = v.shape().bind(1).size();
    if (v.op() instanceof MatMul o) {
      return elements * o.a().shape().dim(o.transA() ? -2 : -1);
    } else if (v.op() instanceof Conv2d o) {
      Shape w = o.w().shape();
      return elements * w.dim(0) * w.dim(1) * w.dim(2);
    } else if (v.op() instanceof Conv2dTranspose o) {
      Shape w = o.w().shape();
      return o.y().shape().bind(1).size() * (long) w.dim(0) * w.dim(1) * w.dim(2);
    }
    return 0;
  }

  private static String table(List<List<String>> cells) {
    int[] widths = new int[TITLES.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder s = new StringBuilder();
    for (int r = 0; r < cells.size(); r++) {
      List<String> row = cells.get(r);
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ").append(i < 2 ? row.get(i) + blanks : blanks + row.get(i));
      }
      String text = line.toString().stripTrailing();
      String rule = "-".repeat(line.length()) + "\n";
      s.append(r == cells.size() - 1 ? rule : "").append(text).append('\n').append(r == 0 ? rule : "");
    }
    return s.toString();
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
