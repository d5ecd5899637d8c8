package org.burin.codegen.netlist;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.fixed.FixedOp.Comparison;

/// The definition of what a [Netlist] computes, sample by sample: every net by exact arithmetic in 64 bits. A register
/// is what it holds once the sample has reached it, so that one sample gives one number for every net.
public final class NetlistInterpreter {
  private NetlistInterpreter() {}

  /// Runs samples.
  ///
  /// @param inputs for every input its raw integers, sample after sample
  /// @return for every output its raw integers, in order
  /// @throws IllegalStateException when a net leaves its range: the ranges are wrong
  public static Map<String, long[]> run(Netlist netlist, int samples, Map<String, long[]> inputs) {
    Map<String, long[]> outputs = new LinkedHashMap<>();
    for (Netlist.Port port : netlist.outputs()) {
      outputs.put(port.name(), new long[samples * port.elements().size()]);
    }
    long[] values = new long[netlist.nets().size()];
    for (int s = 0; s < samples; s++) {
      for (Netlist.Port port : netlist.inputs()) {
        long[] numbers = numbers(inputs, port.name());
        int size = port.elements().size();
        for (int i = 0; i < size; i++) {
          Operand to = port.elements().get(i);
          values[to.net()] = numbers[s * size + i] >> to.shift();
        }
      }
      evaluate(netlist, values);
      for (Netlist.Port port : netlist.outputs()) {
        long[] numbers = numbers(outputs, port.name());
        int size = port.elements().size();
        for (int i = 0; i < size; i++) {
          numbers[s * size + i] = of(port.elements().get(i), values);
        }
      }
    }
    return outputs;
  }

  private static long[] numbers(Map<String, long[]> all, String port) {
    long[] numbers = all.get(port);
    if (numbers == null) {
      throw new IllegalArgumentException("expected numbers for '" + port + "', found some for " + all.keySet());
    }
    return numbers;
  }

  private static void evaluate(Netlist netlist, long[] values) {
    for (int i = 0; i < values.length; i++) {
      Netlist.Net net = netlist.net(i);
      values[i] = evaluate(net.op(), values, values[i]);
      if (values[i] < net.range().low() || values[i] > net.range().high()) {
        throw new IllegalStateException("net %" + i + " of '" + netlist.name() + "', " + net.op() + ", is " + values[i]
            + ", expected " + net.range());
      }
    }
  }

  private static long evaluate(NetOp op, long[] values, long input) {
    return switch (op) {
      case NetOp.Input _ -> input;
      case NetOp.Constant(var value) -> value;
      case NetOp.Add(var a, var b) -> of(a, values) + of(b, values);
      case NetOp.Subtract(var a, var b) -> of(a, values) - of(b, values);
      case NetOp.Negate(var x) -> -values[x];
      case NetOp.Multiply(var a, var b) -> values[a] * values[b];
      case NetOp.Compare(var comparison, var a, var b) ->
          holds(comparison, Long.compare(of(a, values), of(b, values))) ? 1 : 0;
      case NetOp.Select(var condition, var a, var b) -> of(values[condition] != 0 ? a : b, values);
      case NetOp.Maximum(var a, var b) -> Math.max(of(a, values), of(b, values));
      case NetOp.Minimum(var a, var b) -> Math.min(of(a, values), of(b, values));
      case NetOp.Bits(var x, var low, var width, var signed) -> bits(values[x], low, width, signed);
      case NetOp.Table(var x, var table) -> table.at(values[x]);
      case NetOp.Register(var x) -> values[x];
    };
  }

  /// Some bits of a number as a number.
  static long bits(long x, int low, int width, boolean signed) {
    long shifted = x >> Math.min(low, Long.SIZE - 1);
    int unused = Long.SIZE - width;
    return signed ? shifted << unused >> unused : shifted << unused >>> unused;
  }

  private static long of(Operand o, long[] values) {
    return values[o.net()] << o.shift();
  }

  static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case EQ -> order == 0;
      case NE -> order != 0;
    };
  }
}
