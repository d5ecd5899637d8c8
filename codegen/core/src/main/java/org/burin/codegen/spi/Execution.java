package org.burin.codegen.spi;

import java.util.Map;

/// Generated code that runs on this machine, so that it can be compared with its definition.
///
/// Numbers travel as integers. Of a [Program.Fixed] they are raw integers: those of an input have the fraction of its
/// types ([org.burin.fixed.ElementTypes#fraction]), those of an output the fraction of its precision. Of a
/// [Program.Floating] they are the bits of floats ([Float#floatToIntBits], so that there is one NaN). Tensors are
/// row-major, samples along the first axis.
public interface Execution extends AutoCloseable {
  /// Computes all outputs.
  ///
  /// @param samples the batch size
  /// @param inputs for every input its numbers; not changed
  /// @return for every output of the program its numbers, in the program's order
  /// @throws ToolException when a tool that runs the code fails
  Map<String, long[]> run(int samples, Map<String, long[]> inputs);

  /// Ends what runs. Files are left alone: the folder belongs to who gave it.
  @Override
  default void close() {}
}
