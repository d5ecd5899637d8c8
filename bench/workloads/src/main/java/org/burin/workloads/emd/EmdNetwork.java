package org.burin.workloads.emd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.burin.io.SectionFile;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;

/// The trained network of the earth mover's distance that comes with the project.
///
/// As the loss of another model, with images that are divided by their sums:
/// ```java
/// Value distance = EmdNetwork.shipped().asFrozenLayer().apply(net, x, y);   // [N,4,4,3] twice, gives [N,1]
/// ```
public final class EmdNetwork {
  private static final String RESOURCE = "emd.burin";

  private EmdNetwork() {}

  /// The shipped network, a [NormNetwork] ready to use: inputs `x` and `y` `[N,4,4,3]`, output `distance [N,1]` in
  /// small sensor cells. `burin train emd --seed 1` makes it, from generated modules. A new model at every call.
  public static Model shipped() {
    try (InputStream in = Objects.requireNonNull(EmdNetwork.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return NormNetwork.deployed(ModelFile.model(SectionFile.of(Path.of(RESOURCE), in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A network that `burin train emd` wrote, ready to use.
  ///
  /// @throws org.burin.io.FileFormatException when the file is no model, or damaged
  /// @throws IOException when it cannot be read
  /// @throws org.burin.ir.GraphException when it is another model
  public static Model read(Path file) throws IOException {
    return deployed(ModelFile.read(file));
  }

  /// A network that `burin train emd` trained, ready to use.
  ///
  /// @throws org.burin.ir.GraphException when it is another model
  public static Model deployed(Model trained) {
    return NormNetwork.deployed(trained);
  }
}
