package org.burin.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.burin.ir.Graph;

/// Passes that run one after the other.
///
/// @param passes the passes, in order; no two have the same name
public record Pipeline(List<Pass> passes) {
  /// Looks at the graph between passes.
  @FunctionalInterface
  public interface Observer {
    /// Called after each pass.
    ///
    /// @param stage the name of the pass
    /// @param graph what it gave
    void after(String stage, Graph graph);
  }

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException when two passes have the same name
  public Pipeline {
    passes = List.copyOf(passes);
    if (passes.stream().map(Pass::name).distinct().count() != passes.size()) {
      throw new IllegalArgumentException("two passes have the same name: " + names(passes));
    }
  }

  private static List<String> names(List<Pass> passes) {
    return passes.stream().map(Pass::name).toList();
  }

  /// The names of the passes, in order.
  public List<String> names() {
    return names(passes);
  }

  /// This pipeline without some of its passes.
  ///
  /// @throws IllegalArgumentException when it has no pass of one of the names; the text lists those that it has
  public Pipeline without(Set<String> skipped) {
    skipped.forEach(this::index);
    return new Pipeline(passes.stream().filter(p -> !skipped.contains(p.name())).toList());
  }

  /// The first passes of this pipeline, the named one included.
  ///
  /// @throws IllegalArgumentException when there is none of that name; the text lists those that there are
  public Pipeline upTo(String last) {
    return new Pipeline(passes.subList(0, index(last) + 1));
  }

  private int index(String name) {
    int i = names().indexOf(name);
    if (i < 0) {
      throw new IllegalArgumentException("there is no pass '" + name + "'; the passes are " + names());
    }
    return i;
  }

  /// This pipeline with one pass more at its end.
  public Pipeline then(Pass pass) {
    List<Pass> all = new ArrayList<>(passes);
    all.add(pass);
    return new Pipeline(all);
  }

  /// The graph after all passes.
  public Graph run(Graph graph) {
    return run(graph, (stage, between) -> {});
  }

  /// The graph after all passes, each of which is shown to an observer.
  public Graph run(Graph graph, Observer observer) {
    Graph g = graph;
    for (Pass pass : passes) {
      g = pass.run(g);
      observer.after(pass.name(), g);
    }
    return g;
  }
}
