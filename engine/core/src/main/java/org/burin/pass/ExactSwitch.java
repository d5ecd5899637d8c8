package org.burin.pass;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.tensor.Tensor;

/// Decides, as parameters change, whether a graph may run in float32 or has to run in fixed point to be exact.
///
/// A graph without quantizers, and one that cannot become a fixed-point graph, runs in float32. So does one for which
/// [Lowered#isExactInFloat] is proven. Where it is not, that is said in one warning, once. Not thread-safe.
public final class ExactSwitch {
  private static final Logger LOG = System.getLogger("org.burin.pass");

  private final String warning;
  private final Graph graph;
  private final Supplier<Map<String, Tensor>> parameters;
  private final boolean quantized;
  private Map<String, Tensor> seen = Map.of();
  private Optional<Lowered> decision = Optional.empty();
  private boolean decided;
  private boolean warned;

  /// A switch for a graph.
  ///
  /// @param warning what is logged, before the value that takes more bits than a float holds
  /// @param graph the graph, its batch size open
  /// @param parameters gives its parameters by name, as they are at present
  public ExactSwitch(String warning, Graph graph, Supplier<Map<String, Tensor>> parameters) {
    this.warning = warning;
    this.graph = graph;
    this.parameters = parameters;
    this.quantized = isQuantized(graph);
  }

  /// Whether a graph has quantizers.
  public static boolean isQuantized(Graph graph) {
    return graph.values().stream().anyMatch(v -> v.op() instanceof Op.Quantize || v.op() instanceof Op.QuantizeBits);
  }

  /// Logs the warning if it is due, and does nothing once it has been logged.
  public void warn() {
    if (!warned) {
      decision = inexact();
    }
  }

  /// The lowered graph to run in place of the float one, with the present parameters; empty where float32 will do.
  public Optional<Lowered> inexact() {
    if (!quantized) {
      return Optional.empty();
    }
    Map<String, Tensor> now = parameters.get();
    if (!decided || !seen.equals(now)) {
      seen = copy(now);
      decided = true;
      decision = decide(now);
    }
    return decision;
  }

  private Optional<Lowered> decide(Map<String, Tensor> now) {
    Lowered lowered;
    try {
      lowered = LowerToFixed.of(now).lower(graph);
    } catch (LoweringException e) {
      // Not a model of fixed-point numbers throughout: floats are what it computes with.
      return Optional.empty();
    }
    if (lowered.isExactInFloat()) {
      return Optional.empty();
    }
    if (!warned) {
      warned = true;
      LOG.log(Level.WARNING, warning + ": " + lowered.inexact().getFirst() + ", float32 holds "
          + VerifyExact.FLOAT_BITS);
    }
    return Optional.of(lowered);
  }

  private static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, t) -> copies.put(name, t.copy()));
    return copies;
  }
}
