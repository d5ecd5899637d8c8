package org.burin.backend.jvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// Rounding in loops over elements with types of their own: what differs is read from tables.
final class RoundedByTable {
  private final Elements elements;

  RoundedByTable(Elements elements) {
    this.elements = elements;
  }

  private record Mode(Rounding rounding, Overflow overflow) {}

  /// An element of `v`: the number `x` of `fraction` fractional bits brought to the type at the index.
  Term quantize(FixedValue v, Term x, int fraction, ElementTypes types, List<Affine> index) {
    int common = types.fraction();
    int n = types.types().size();
    long[] drop = new long[n];
    long[] least = new long[n];
    long[] most = new long[n];
    long[] up = new long[n];
    long[] mode = new long[n];
    Map<Mode, Integer> modes = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      FixedType t = types.types().get(i);
      drop[i] = (long) fraction - t.fraction();
      least[i] = Rounded.least(t);
      most[i] = Rounded.most(t);
      up[i] = (long) common - t.fraction();
      Mode m = new Mode(t.rounding(), t.overflow());
      modes.putIfAbsent(m, modes.size());
      mode[i] = modes.get(m);
    }
    Term value = elements.body().named(x);
    String arguments = "(" + value.as(true) + ", " + elements.entry(drop, types.grid(), index).as(false) + ", "
        + elements.entry(least, types.grid(), index).as(true) + ", "
        + elements.entry(most, types.grid(), index).as(true) + ")";
    Term which = modes.size() > 1 ? elements.body().named(elements.entry(mode, types.grid(), index)) : Term.literal(0);
    String code = "";
    for (Map.Entry<Mode, Integer> m : modes.entrySet()) {
      String call = elements.helpers().bring(m.getKey().rounding(), m.getKey().overflow()) + arguments;
      boolean last = m.getValue() == modes.size() - 1;
      code += last ? call : which.code() + " == " + m.getValue() + " ? " + call + " : ";
    }
    Term shift = elements.entry(up, types.grid(), index);
    String scaled = shift.isZero() ? code : "(" + code + ") << " + shift.code();
    return elements.fit(Term.of(scaled, Long.MIN_VALUE, Long.MAX_VALUE, true), common, v, index);
  }
}
