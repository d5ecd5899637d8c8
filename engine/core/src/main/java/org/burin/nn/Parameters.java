package org.burin.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.burin.ir.GraphException;
import org.burin.tensor.Tensor;

/// The tensors of a model, by path, in the order of declaration. Training changes their contents in place.
///
/// A weight is trained unless it is frozen; a state, such as a moving average, is kept up to date by the training graph
/// unless it is frozen. Not thread-safe.
public final class Parameters {
  /// What a parameter is for.
  public enum Kind {
    /// changed by the optimizer
    WEIGHT,
    /// changed by the model itself, such as a moving average
    STATE
  }

  private static final class Entry {
    final Tensor tensor;
    final Kind kind;
    boolean frozen;

    Entry(Tensor tensor, Kind kind, boolean frozen) {
      this.tensor = tensor;
      this.kind = kind;
      this.frozen = frozen;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /// An empty set.
  public Parameters() {}

  /// Adds a parameter, not frozen. The tensor is kept, not copied.
  ///
  /// @throws GraphException when the name is taken
  public void add(String name, Tensor tensor, Kind kind) {
    add(name, tensor, kind, false);
  }

  void add(String name, Tensor tensor, Kind kind, boolean frozen) {
    if (entries.putIfAbsent(name, new Entry(tensor, kind, frozen)) != null) {
      throw new GraphException("parameter '" + name + "' exists already");
    }
  }

  // ---- looking ----------------------------------------------------------------------------------------------------

  /// All names, in order.
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /// The weights that are not frozen, in order.
  public List<String> trainable() {
    return entries.keySet().stream().filter(this::isTrainable).toList();
  }

  /// The tensor of that name itself, not a copy.
  ///
  /// @throws GraphException when there is none
  public Tensor get(String name) {
    return entry(name).tensor;
  }

  /// Whether there is a parameter of that name.
  public boolean contains(String name) {
    return entries.containsKey(name);
  }

  /// All tensors by name, in order: a snapshot of the map over the tensors themselves.
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> map = new LinkedHashMap<>();
    entries.forEach((name, e) -> map.put(name, e.tensor));
    return Collections.unmodifiableMap(map);
  }

  /// What the parameter is for.
  ///
  /// @throws GraphException when there is none of that name
  public Kind kind(String name) {
    return entry(name).kind;
  }

  /// Whether the optimizer changes the parameter: a weight that is not frozen.
  ///
  /// @throws GraphException when there is none of that name
  public boolean isTrainable(String name) {
    Entry e = entry(name);
    return e.kind == Kind.WEIGHT && !e.frozen;
  }

  /// Whether training leaves the parameter alone.
  ///
  /// @throws GraphException when there is none of that name
  public boolean isFrozen(String name) {
    return entry(name).frozen;
  }

  /// The number of numbers in all parameters.
  public long count() {
    return entries.values().stream().mapToLong(e -> e.tensor.size()).sum();
  }

  /// The number of numbers that the optimizer changes.
  public long trainableCount() {
    return trainable().stream().mapToLong(name -> get(name).size()).sum();
  }

  // ---- freezing ---------------------------------------------------------------------------------------------------

  /// Keeps training from changing a parameter, or all those of a layer or scope.
  ///
  /// @param path a parameter's name, a layer's or scope's path, or empty for everything
  /// @throws GraphException when nothing has that path
  public void freeze(String path) {
    setFrozen(path, true);
  }

  /// Undoes [#freeze].
  ///
  /// @param path a parameter's name, a layer's or scope's path, or empty for everything
  /// @throws GraphException when nothing has that path
  public void unfreeze(String path) {
    setFrozen(path, false);
  }

  private void setFrozen(String path, boolean frozen) {
    under(path).forEach(name -> entry(name).frozen = frozen);
  }

  /// The names at or under a path.
  private List<String> under(String path) {
    List<String> found = entries.keySet().stream()
        .filter(name -> path.isEmpty() || name.equals(path) || name.startsWith(path + "/"))
        .toList();
    if (found.isEmpty()) {
      throw new GraphException("no parameter is called '" + path + "' or lies under it; layers with parameters are "
          + layers());
    }
    return found;
  }

  private List<String> layers() {
    return entries.keySet().stream()
        .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('/'))))
        .distinct()
        .toList();
  }

  // ---- copying ----------------------------------------------------------------------------------------------------

  /// A copy with tensors of its own; what is frozen stays so.
  public Parameters copy() {
    Parameters p = new Parameters();
    entries.forEach((name, e) -> p.entries.put(name, new Entry(e.tensor.copy(), e.kind, e.frozen)));
    return p;
  }

  /// Copies numbers into the tensor of that name.
  ///
  /// @throws GraphException when there is none or the shape differs
  public void set(String name, Tensor contents) {
    Tensor t = get(name);
    if (!t.shape().equals(contents.shape())) {
      throw new GraphException(
          "parameter '" + name + "' has shape " + t.shape() + ", found " + contents.shape() + " to copy into it");
    }
    System.arraycopy(contents.data(), 0, t.data(), 0, t.size());
  }

  /// Copies all numbers of another set of parameters with the same names and shapes into this one. Nothing is copied
  /// when something does not fit.
  ///
  /// @throws GraphException with every name that is missing or has another shape
  public void assign(Parameters other) {
    assign("", other);
  }

  /// Copies all numbers of another set of parameters into those of a layer or scope: `dense/kernel` there goes to
  /// `path/dense/kernel` here. Nothing is copied when something does not fit.
  ///
  /// @param path the path of the layer or scope, or empty for everything
  /// @throws GraphException with every name that is missing or has another shape
  public void assign(String path, Parameters other) {
    String prefix = path.isEmpty() ? "" : path + "/";
    List<String> problems = new ArrayList<>();
    for (String name : under(path)) {
      Entry from = name.startsWith(prefix) ? other.entries.get(name.substring(prefix.length())) : null;
      if (from == null) {
        problems.add("'" + name + "' " + get(name).shape() + " has no counterpart to copy from");
      } else if (!from.tensor.shape().equals(get(name).shape())) {
        problems.add("'" + name + "' has shape " + get(name).shape() + ", the one to copy from has "
            + from.tensor.shape());
      }
    }
    for (String name : other.entries.keySet()) {
      if (!entries.containsKey(prefix + name)) {
        problems.add("'" + prefix + name + "' " + other.get(name).shape() + " does not exist here");
      }
    }
    if (!problems.isEmpty()) {
      throw new GraphException("parameters do not match:\n  " + String.join("\n  ", problems));
    }
    other.entries.forEach((name, e) -> set(prefix + name, e.tensor));
  }

  private Entry entry(String name) {
    Entry e = entries.get(name);
    if (e == null) {
      throw new GraphException("there is no parameter '" + name + "'; there are " + entries.keySet());
    }
    return e;
  }

  /// One line per parameter: kind, shape, name.
  @Override
  public String toString() {
    return entries.entrySet().stream()
        .map(e -> (e.getValue().frozen ? "frozen " : "") + (e.getValue().kind == Kind.WEIGHT ? "weight " : "state ")
            + e.getValue().tensor.shape() + " " + e.getKey())
        .collect(Collectors.joining("\n"));
  }
}
