package org.burin.nn;

import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Looks up a row of a trained table for every whole number of the input: `[N,...]` gives `[N,...,size]`.
///
/// @param words rows of the table: inputs are 0 to `words - 1`
/// @param size extent of a row
/// @param initializer how the table is filled
/// @param quantizer the grid of the table as used
/// @param name its name, or empty for an automatic one
public record Embedding(int words, int size, Initializer initializer, Quantizer quantizer, String name)
    implements Layer {
  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException when one is below 1
  public Embedding {
    Options.atLeast(1, words, "Embedding", name, "words");
    Options.atLeast(1, size, "Embedding", name, "size");
  }

  /// A table filled with uniform numbers in [-0.05, 0.05), as in Keras.
  public static Embedding of(int words, int size) {
    return new Embedding(words, size, Initializer.uniform(-0.05f, 0.05f), Quantizer.NONE, "");
  }

  /// The same layer with a table that starts otherwise.
  public Embedding withInitializer(Initializer newInitializer) {
    return new Embedding(words, size, newInitializer, quantizer, name);
  }

  /// The same layer with a table on a grid.
  public Embedding withQuantizer(Quantizer newQuantizer) {
    return new Embedding(words, size, initializer, newQuantizer, name);
  }

  /// The same layer under a chosen name.
  public Embedding named(String newName) {
    return new Embedding(words, size, initializer, quantizer, newName);
  }

  @Override
  public String stem() {
    return "embedding";
  }

  @Override
  public Value build(Net net, Value x) {
    Value table = net.parameter("embeddings", Shape.of(words, size), initializer);
    return net.graph().gather(net.quantized(quantizer, "embeddings", table), x, 0);
  }
}
