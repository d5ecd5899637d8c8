package org.burin.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Shape;

/// A small model in a file, untrained.
final class SignsModel {
  private SignsModel() {}

  /// Writes the model: 2 inputs, 2 outputs.
  static Path write(Path folder) throws IOException {
    Path file = folder.resolve("signs.burin");
    ModelFile.write(
        file, Model.sequential("signs", 1, Shape.of(2), Dense.of(8, Activation.RELU), Dense.of(2)));
    return file;
  }
}
