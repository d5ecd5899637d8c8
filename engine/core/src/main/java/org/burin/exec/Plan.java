package org.burin.exec;

import java.util.Map;
import org.burin.ir.Graph;
import org.burin.ir.Value;
import org.burin.tensor.Tensor;

/// A graph compiled into a schedule of kernels over preallocated buffers.
///
/// Fill the tensors that [#input] returns, call [#run], read those that [#output] returns. Parameters are the caller's tensors:
/// they are read in place, and the graph's updates write into them at the end of a run. A steady-state run allocates nothing.
/// Results do not depend on the number of threads. Not thread-safe: one run at a time.
public final class Plan {
  private Plan() {}

  /// Compiles a graph whose batch size is bound.
  ///
  /// @param parameters a tensor for every parameter of the graph, by name; more are ignored
  /// @throws org.burin.ir.GraphException when the batch size is open, or a parameter is missing or has another shape
  public static Plan compile(Graph graph, Map<String, Tensor> parameters, PlanOptions options) {
    throw new UnsupportedOperationException(graph.name() + parameters + options);
  }

  /// The tensor to fill before a run.
  ///
  /// @throws org.burin.ir.GraphException when the graph has no such input
  public Tensor input(String name) {
    throw new UnsupportedOperationException(name);
  }

  /// The tensor that holds a result after a run; the next run overwrites it.
  ///
  /// @throws org.burin.ir.GraphException when the graph has no such output
  public Tensor output(String name) {
    throw new UnsupportedOperationException(name);
  }

  /// What a value of the graph came out as in the last run; only for plans compiled with [PlanOptions#keepAll].
  public Tensor value(Value v) {
    throw new UnsupportedOperationException(v.toString());
  }

  /// Runs the graph once.
  ///
  /// @throws NonFiniteException when the guarded output is not finite; parameters are then unchanged
  public void run() {
    throw new UnsupportedOperationException();
  }
}
