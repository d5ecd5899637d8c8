package org.burin.nn;

import java.util.ArrayList;
import java.util.List;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// A recurrent layer over sequences `[N,T,C]`, unrolled over time; its state starts at zero.
///
/// Gates stand in Keras' order in `kernel [C,gates*units]`, `recurrent_kernel [units,gates*units]` and
/// `bias [gates*units]`. With the previous result `h`, element-wise products `*` and matrix products `·`:
/// - simple: `h' = activation(x·W + b + h·U)`
/// - LSTM, gates i, f, c, o of `x·W + b + h·U`: `c' = gate(f) * c + gate(i) * activation(c)`,
///   `h' = gate(o) * activation(c')`; the bias of f starts at 1 (Hochreiter and Schmidhuber, "Long short-term memory",
///   1997; Gers et al., 2000)
/// - GRU, gates z, r, h of `x·W + b` and `h·U + rb` with another bias `recurrent_bias`, reset after the product:
///   `h' = gate(z) * h + (1 - gate(z)) * activation(xh + gate(r) * hh)` (Cho et al., EMNLP 2014)
///
/// @param cell which of the three
/// @param units extent of the result, at least 1
/// @param returnSequences whether all results `[N,T,units]` are given rather than the last one `[N,units]`
/// @param goBackwards whether sequences are read from their end; all results then come in that order too
/// @param gateActivation the activation of gates
/// @param recurrentInitializer how the recurrent kernel is filled
/// @param recurrentQuantizer the grid of the recurrent kernel as used
/// @param stateQuantizer the grid of what activations give and of what one step leaves to the next
/// @param affine kernel, bias, and the activation of candidates and (LSTM) of the state
/// @param name its name, or empty for an automatic one
public record Recurrent(
    Cell cell,
    int units,
    boolean returnSequences,
    boolean goBackwards,
    Activation gateActivation,
    Initializer recurrentInitializer,
    Quantizer recurrentQuantizer,
    Quantizer stateQuantizer,
    Affine affine,
    String name)
    implements AffineLayer<Recurrent> {
  /// The kind of recurrence.
  public enum Cell {
    /// fully connected
    SIMPLE("simple_rnn", 1),
    /// long short-term memory
    LSTM("lstm", 4),
    /// gated recurrent unit
    GRU("gru", 3);

    private final String stem;
    private final int gates;

    Cell(String stem, int gates) {
      this.stem = stem;
      this.gates = gates;
    }
  }

  /// What one step leaves to the next: the result and, for the LSTM, the state of its memory cells.
  private record State(Value result, Value memory) {}

  /// Checks the number of units.
  ///
  /// @throws IllegalArgumentException when it is below 1
  public Recurrent {
    Options.atLeast(1, units, "Recurrent", name, "units");
  }

  /// A fully connected recurrence with Keras' defaults.
  public static Recurrent simple(int units) {
    return of(Cell.SIMPLE, units, Initializer.zeros());
  }

  /// A long short-term memory with Keras' defaults.
  public static Recurrent lstm(int units) {
    return of(Cell.LSTM, units, new Initializers.ForgetBias());
  }

  /// A gated recurrent unit with Keras' defaults.
  public static Recurrent gru(int units) {
    return of(Cell.GRU, units, Initializer.zeros());
  }

  private static Recurrent of(Cell cell, int units, Initializer bias) {
    return new Recurrent(cell, units, false, false, Activation.SIGMOID, Initializer.orthogonal(1f), Quantizer.NONE,
        Quantizer.NONE, Affine.DEFAULT.withActivation(Activation.TANH).withBiasInitializer(bias), "");
  }

  /// The same layer giving all results or the last one.
  public Recurrent withReturnSequences(boolean all) {
    return new Recurrent(cell, units, all, goBackwards, gateActivation, recurrentInitializer,
        recurrentQuantizer, stateQuantizer, affine, name);
  }

  /// The same layer reading sequences from their end or from their beginning.
  public Recurrent withGoBackwards(boolean backwards) {
    return new Recurrent(cell, units, returnSequences, backwards, gateActivation, recurrentInitializer,
        recurrentQuantizer, stateQuantizer, affine, name);
  }

  /// The same layer with other gates.
  public Recurrent withGateActivation(Activation gates) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gates, recurrentInitializer,
        recurrentQuantizer, stateQuantizer, affine, name);
  }

  /// The same layer with a recurrent kernel that starts otherwise.
  public Recurrent withRecurrentInitializer(Initializer initializer) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, initializer,
        recurrentQuantizer, stateQuantizer, affine, name);
  }

  /// The same layer with a recurrent kernel on a grid.
  public Recurrent withRecurrentQuantizer(Quantizer quantizer) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, recurrentInitializer,
        quantizer, stateQuantizer, affine, name);
  }

  /// The same layer with gates, candidates, state and result on a grid; all time steps share the quantizers'
  /// parameters.
  public Recurrent withStateQuantizer(Quantizer quantizer) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, recurrentInitializer,
        recurrentQuantizer, quantizer, affine, name);
  }

  /// The same layer under a chosen name.
  public Recurrent named(String newName) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, recurrentInitializer,
        recurrentQuantizer, stateQuantizer, affine, newName);
  }

  @Override
  public Recurrent withAffine(Affine newAffine) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, recurrentInitializer,
        recurrentQuantizer, stateQuantizer, newAffine, name);
  }

  @Override
  public String stem() {
    return cell.stem;
  }

  @Override
  public Value build(Net net, Value x) {
    Shape in = Options.rank(net, x, 3, 3, "sequences [N,T,C]");
    if (in.dim(1) < 1) {
      throw net.problem("expected sequences [N,T,C] of at least one time step, found shape " + in);
    }
    GraphBuilder b = net.graph();
    int width = cell.gates * units;
    Value kernel = affine.kernel(net, Shape.of(in.dim(2), width));
    Value recurrent = net.quantized(recurrentQuantizer, "recurrent_kernel",
        net.parameter("recurrent_kernel", Shape.of(units, width), recurrentInitializer));
    // The products of all time steps at once, with the bias; the activation comes after the recurrence.
    Value products = affine.withActivation(Activation.LINEAR).finish(net, b.matMul(x, kernel));
    Value recurrentBias = cell == Cell.GRU && affine.bias() ? recurrentBias(net, width) : null;
    int steps = in.dim(1);
    List<Value> results = new ArrayList<>();
    State state = null;
    for (int t = 0; t < steps; t++) {
      Value product = b.slice(products, 1, goBackwards ? steps - 1 - t : t, 1);
      Value fromInput = b.reshape(product, Shape.of(in.dim(0), width));
      // The state starts at zero, so the first step has no recurrent product.
      Value fromState = state == null ? recurrentBias : sum(b, b.matMul(state.result, recurrent), recurrentBias);
      State before = state;
      state = net.repeat(() -> step(net, fromInput, fromState, before));
      results.add(state.result);
    }
    if (!returnSequences) {
      return results.getLast();
    }
    Shape step = Shape.of(in.dim(0), 1, units);
    return b.concat(results.stream().map(r -> b.reshape(r, step)).toList(), 1);
  }

  private Value recurrentBias(Net net, int width) {
    Value bias =
        net.parameter("recurrent_bias", Shape.of(width), Initializer.zeros(), affine.biasRegularizer());
    return net.quantized(affine.biasQuantizer(), "recurrent_bias", bias);
  }

  private State step(Net net, Value fromInput, @Nullable Value fromState, @Nullable State before) {
    return switch (cell) {
      case SIMPLE -> simple(net, sum(net.graph(), fromInput, fromState));
      case LSTM -> lstm(net, sum(net.graph(), fromInput, fromState), before);
      case GRU -> gru(net, fromInput, fromState, before);
    };
  }

  private State simple(Net net, Value sum) {
    Value h = state(net, "state", affine.activation().of(net.graph(), sum));
    return new State(h, h);
  }

  private State lstm(Net net, Value gates, @Nullable State before) {
    GraphBuilder b = net.graph();
    Value candidate = state(net, "candidate", affine.activation().of(b, part(b, gates, 2)));
    Value input = b.mul(gate(net, "input_gate", part(b, gates, 0)), candidate);
    Value sum = before == null
        ? input
        : b.add(b.mul(gate(net, "forget_gate", part(b, gates, 1)), before.memory), input);
    Value memory = state(net, "memory", sum);
    Value shown = state(net, "shown_memory", affine.activation().of(b, memory));
    return new State(state(net, "state", b.mul(gate(net, "output_gate", part(b, gates, 3)), shown)), memory);
  }

  private State gru(Net net, Value fromInput, @Nullable Value fromState, @Nullable State before) {
    GraphBuilder b = net.graph();
    Value update = gate(net, "update_gate", gateSum(b, fromInput, fromState, 0));
    Value sum = part(b, fromInput, 2);
    if (fromState != null) {
      Value reset = gate(net, "reset_gate", gateSum(b, fromInput, fromState, 1));
      sum = b.add(sum, b.mul(reset, part(b, fromState, 2)));
    }
    Value candidate = state(net, "candidate", affine.activation().of(b, sum));
    Value fresh = b.mul(b.sub(b.constant(1f), update), candidate);
    Value h = state(net, "state", before == null ? fresh : b.add(b.mul(update, before.result), fresh));
    return new State(h, h);
  }

  private Value gate(Net net, String name, Value sum) {
    return state(net, name, gateActivation.of(net.graph(), sum));
  }

  private Value state(Net net, String name, Value x) {
    return net.quantized(stateQuantizer, name, x);
  }

  private Value gateSum(GraphBuilder b, Value fromInput, @Nullable Value fromState, int index) {
    return sum(b, part(b, fromInput, index), fromState == null ? null : part(b, fromState, index));
  }

  private Value part(GraphBuilder b, Value gates, int index) {
    return b.slice(gates, -1, index * units, units);
  }

  private static Value sum(GraphBuilder b, Value x, @Nullable Value y) {
    return y == null ? x : b.add(x, y);
  }
}
