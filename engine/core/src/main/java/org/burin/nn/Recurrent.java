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
/// @param affine kernel, bias, and the activation of candidates and (LSTM) of the state
/// @param name its name, or empty for an automatic one
public record Recurrent(
    Cell cell,
    int units,
    boolean returnSequences,
    boolean goBackwards,
    Activation gateActivation,
    Initializer recurrentInitializer,
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
    return new Recurrent(cell, units, false, false, Activation.SIGMOID, Initializer.orthogonal(1f),
        Affine.DEFAULT.withActivation(Activation.TANH).withBiasInitializer(bias), "");
  }

  /// The same layer giving all results or the last one.
  public Recurrent withReturnSequences(boolean all) {
    return new Recurrent(cell, units, all, goBackwards, gateActivation, recurrentInitializer, affine, name);
  }

  /// The same layer reading sequences from their end or from their beginning.
  public Recurrent withGoBackwards(boolean backwards) {
    return new Recurrent(cell, units, returnSequences, backwards, gateActivation, recurrentInitializer, affine, name);
  }

  /// The same layer with other gates.
  public Recurrent withGateActivation(Activation gates) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gates, recurrentInitializer, affine, name);
  }

  /// The same layer with a recurrent kernel that starts otherwise.
  public Recurrent withRecurrentInitializer(Initializer initializer) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, initializer, affine, name);
  }

  /// The same layer under a chosen name.
  public Recurrent named(String newName) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, recurrentInitializer, affine,
        newName);
  }

  @Override
  public Recurrent withAffine(Affine newAffine) {
    return new Recurrent(cell, units, returnSequences, goBackwards, gateActivation, recurrentInitializer, newAffine,
        name);
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
    Value recurrent = net.parameter("recurrent_kernel", Shape.of(units, width), recurrentInitializer);
    // The products of all time steps at once, with the bias; the activation comes after the recurrence.
    Value products = affine.withActivation(Activation.LINEAR).finish(net, b.matMul(x, kernel));
    Value recurrentBias = cell == Cell.GRU && affine.bias()
        ? net.parameter("recurrent_bias", Shape.of(width), Initializer.zeros(), affine.biasRegularizer())
        : null;
    int steps = in.dim(1);
    List<Value> results = new ArrayList<>();
    State state = null;
    for (int t = 0; t < steps; t++) {
      Value product = b.slice(products, 1, goBackwards ? steps - 1 - t : t, 1);
      Value fromInput = b.reshape(product, Shape.of(in.dim(0), width));
      // The state starts at zero, so the first step has no recurrent product.
      Value fromState = state == null ? recurrentBias : sum(b, b.matMul(state.result, recurrent), recurrentBias);
      state = switch (cell) {
        case SIMPLE -> simple(b, sum(b, fromInput, fromState));
        case LSTM -> lstm(b, sum(b, fromInput, fromState), state);
        case GRU -> gru(b, fromInput, fromState, state);
      };
      results.add(state.result);
    }
    if (!returnSequences) {
      return results.getLast();
    }
    Shape step = Shape.of(in.dim(0), 1, units);
    return b.concat(results.stream().map(r -> b.reshape(r, step)).toList(), 1);
  }

  private State simple(GraphBuilder b, Value sum) {
    Value h = affine.activation().of(b, sum);
    return new State(h, h);
  }

  private State lstm(GraphBuilder b, Value gates, @Nullable State before) {
    Value input = b.mul(gateActivation.of(b, part(b, gates, 0)), affine.activation().of(b, part(b, gates, 2)));
    Value memory = before == null
        ? input
        : b.add(b.mul(gateActivation.of(b, part(b, gates, 1)), before.memory), input);
    Value h = b.mul(gateActivation.of(b, part(b, gates, 3)), affine.activation().of(b, memory));
    return new State(h, memory);
  }

  private State gru(GraphBuilder b, Value fromInput, @Nullable Value fromState, @Nullable State before) {
    Value update = gateActivation.of(b, gate(b, fromInput, fromState, 0));
    Value candidate = part(b, fromInput, 2);
    if (fromState != null) {
      Value reset = gateActivation.of(b, gate(b, fromInput, fromState, 1));
      candidate = b.add(candidate, b.mul(reset, part(b, fromState, 2)));
    }
    Value fresh = b.mul(b.sub(b.constant(1f), update), affine.activation().of(b, candidate));
    Value h = before == null ? fresh : b.add(b.mul(update, before.result), fresh);
    return new State(h, h);
  }

  private Value gate(GraphBuilder b, Value fromInput, @Nullable Value fromState, int index) {
    return sum(b, part(b, fromInput, index), fromState == null ? null : part(b, fromState, index));
  }

  private Value part(GraphBuilder b, Value gates, int index) {
    return b.slice(gates, -1, index * units, units);
  }

  private static Value sum(GraphBuilder b, Value x, @Nullable Value y) {
    return y == null ? x : b.add(x, y);
  }
}
