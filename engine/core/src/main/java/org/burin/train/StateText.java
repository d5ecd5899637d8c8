package org.burin.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.burin.train.History.End;
import org.burin.train.History.Epoch;

/// [TrainingState] and the settings as the text in a checkpoint: a line per entry, its parts separated by tabs.
///
/// ```
/// setting  seed  1
/// step     120
/// ...
/// epoch-values  1  loss  0.5  val_loss  0.6
/// ```
///
/// Numbers are written so that reading gives the same bits.
final class StateText {
  private final Map<String, List<String>> single = new LinkedHashMap<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<List<String>> epochs = new ArrayList<>();

  private StateText() {}

  static String print(TrainingState state, Map<String, String> settings) {
    StringBuilder s = new StringBuilder();
    settings.forEach((key, value) -> line(s, "setting", key, value));
    line(s, "step", state.step);
    line(s, "epoch", state.epoch);
    line(s, "batch", state.batch);
    line(s, "end", state.end);
    line(s, "best", state.best, state.bestEpoch, state.wait);
    line(s, "plateau", state.plateauBest, state.plateauWait, state.plateauCooldown, state.rateFactor);
    line(s, "ebops", DoubleStream.of(state.ebops.state()).boxed().toArray());
    line(s, "scores", DoubleStream.of(state.scores).boxed().toArray());
    for (Epoch e : state.history) {
      List<Object> parts = new ArrayList<>();
      parts.add(e.number());
      e.values().forEach((name, value) -> {
        parts.add(name);
        parts.add(value);
      });
      line(s, "epoch-values", parts.toArray());
    }
    return s.toString();
  }

  private static void line(StringBuilder s, String key, Object... parts) {
    s.append(key);
    for (Object part : parts) {
      s.append('\t').append(String.valueOf(part).replaceAll("\\s", " "));
    }
    s.append('\n');
  }

  /// Reads what [#print] printed.
  static StateText parse(String text) {
    StateText t = new StateText();
    text.lines().map(line -> List.of(line.split("\t", -1))).forEach(parts -> {
      switch (parts.getFirst()) {
        case "setting" -> t.settings.put(parts.get(1), parts.get(2));
        case "epoch-values" -> t.epochs.add(parts.subList(1, parts.size()));
        default -> t.single.put(parts.getFirst(), parts.subList(1, parts.size()));
      }
    });
    return t;
  }

  /// The settings that differ from these, a line each; empty when there is none.
  List<String> differences(Map<String, String> now) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    now.forEach(all::putIfAbsent);
    List<String> lines = new ArrayList<>();
    for (String key : all.keySet()) {
      String before = settings.getOrDefault(key, "nothing");
      String found = now.getOrDefault(key, "nothing").replaceAll("\\s", " ");
      if (!before.equals(found)) {
        lines.add(key + ": " + before + " in the checkpoint, " + found + " now");
      }
    }
    return lines;
  }

  /// Copies the state into `state`.
  ///
  /// @throws IllegalArgumentException when an entry is missing or is no number
  void restore(TrainingState state) {
    state.step = Long.parseLong(part("step", 0));
    state.epoch = Integer.parseInt(part("epoch", 0));
    state.batch = Long.parseLong(part("batch", 0));
    state.end = End.valueOf(part("end", 0));
    state.best = Double.parseDouble(part("best", 0));
    state.bestEpoch = Integer.parseInt(part("best", 1));
    state.wait = Integer.parseInt(part("best", 2));
    state.plateauBest = Double.parseDouble(part("plateau", 0));
    state.plateauWait = Integer.parseInt(part("plateau", 1));
    state.plateauCooldown = Integer.parseInt(part("plateau", 2));
    state.rateFactor = Double.parseDouble(part("plateau", 3));
    if (single.containsKey("ebops")) {
      state.ebops.restore(numbers("ebops"));
    }
    state.scores = numbers("scores");
    state.history.clear();
    for (List<String> e : epochs) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 1; i + 1 < e.size(); i += 2) {
        values.put(e.get(i), Double.parseDouble(e.get(i + 1)));
      }
      state.history.add(new Epoch(Integer.parseInt(e.getFirst()), values));
    }
  }

  private double[] numbers(String key) {
    return single.getOrDefault(key, List.of()).stream().mapToDouble(Double::parseDouble).toArray();
  }

  private String part(String key, int index) {
    List<String> parts = single.getOrDefault(key, List.of());
    if (index >= parts.size()) {
      throw new IllegalArgumentException("the entry '" + key + "' is missing or too short");
    }
    return parts.get(index);
  }
}
