package org.burin.backend.hls;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;

/// A program as calls of the kernel library, in order.
///
/// @param top the name of the top function
/// @param about the model in words
/// @param settings what was asked for
/// @param inputs what is fed from outside
/// @param outputs what is given to the outside
/// @param arrays what lies between layers
/// @param constants weights and tables
/// @param calls of the kernel library
public record Design(String top, Program.About about, HlsSettings settings, List<Port> inputs, List<Port> outputs,
    List<Port> arrays, List<ConstantArray> constants, List<Call> calls) {
  /// Copies the lists.
  public Design {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    arrays = List.copyOf(arrays);
    constants = List.copyOf(constants);
    calls = List.copyOf(calls);
  }

  /// A tensor with a name.
  ///
  /// @param name of the array; its type has `_t` behind it
  /// @param label what the program calls it; empty between layers
  /// @param value the tensor
  /// @param type the type of its elements
  public record Port(String name, String label, FixedValue value, FixedType type) {
    /// The number of elements of a sample.
    public int size() {
      return value.shape().bind(1).size();
    }

    /// How many bits the raw integers of the program are to be shifted to the right to become those of the type.
    public int shift() {
      return value.precision().fraction() - type.fraction();
    }
  }

  /// Constants as raw integers.
  ///
  /// @param name of the array
  /// @param layer the path of the layer that uses it first
  /// @param type the type of the numbers
  /// @param shape what the order of elements means
  /// @param raw integers of the type
  /// @param port whether the numbers come in through a port
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record ConstantArray(String name, String layer, FixedType type, String shape, long[] raw, boolean port) {}

  /// A call of the kernel library.
  ///
  /// @param name what is computed; its constants are in the struct with `_config` behind the name
  /// @param layer the path of its layer; may be empty
  /// @param function the kernel, such as `dense_latency`
  /// @param config lines of the struct
  /// @param arguments names of arrays, the result last
  public record Call(String name, String layer, String function, List<String> config, List<String> arguments) {
    /// Copies the lists.
    public Call {
      config = List.copyOf(config);
      arguments = List.copyOf(arguments);
    }
  }

  /// Whether a sample can begin in every cycle: no kernel has a loop whose turns take a cycle each.
  public boolean isPipeline() {
    return calls.stream().noneMatch(c ->
        c.function().endsWith("_resource") || c.function().startsWith("conv2d") || c.function().equals("pool2d"));
  }

  /// Whether every array is read by one call only, so that calls can work on different samples at once.
  public boolean isChain() {
    Set<String> read = new HashSet<>();
    return calls.stream().flatMap(c -> c.arguments().subList(0, c.arguments().size() - 1).stream())
        .filter(name -> constants.stream().noneMatch(k -> k.name().equals(name))).allMatch(read::add);
  }

  /// The arrays of constants that come in through ports.
  public List<ConstantArray> weightPorts() {
    return constants.stream().filter(ConstantArray::port).toList();
  }
}
