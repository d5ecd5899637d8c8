package org.burin.backend.jvm;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/// The form of generated code that computes a block of samples at once: a row of floats for every element, layers that
/// are products with constant weights and what is done to each of their elements.
///
/// It exists for graphs of which every kept value is such a layer. Fixed-point layers qualify where every partial sum
/// is a whole number that a `float` holds, so that floats compute it exactly.
final class Batch {
  /// Where less of the weights than this is not zero, those that are zero are left out.
  private static final double SPARSE = 0.45;

  /// A layer.
  ///
  /// @param from the rows that it reads
  /// @param to the rows that it writes
  /// @param linear its products
  /// @param exact whether products with zero may be left out
  /// @param after statements that turn the sums of `n` samples into elements; empty if there are none
  record Layer(String from, String to, Linear linear, boolean exact, String after) {}

  /// Rows that hold an input or output.
  ///
  /// @param port the parameter's name
  /// @param rows the rows
  /// @param size how many there are
  record End(String port, String rows, int size) {}

  private final List<End> inputs;
  private final List<End> outputs;
  private final List<Layer> layers;

  Batch(List<End> inputs, List<End> outputs, List<Layer> layers) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.layers = layers;
  }

  static String rows(int id) {
    return "rows" + id;
  }

  /// A field of the class that every block uses again.
  private static FieldSpec field(String name, int count) {
    TypeName type = ArrayTypeName.of(ArrayTypeName.of(float.class));
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new float[$L][$L]", count, BatchKernels.BLOCK).build();
  }

  /// Adds the fields and methods to a class.
  void write(TypeSpec.Builder type, Tables tables) {
    Map<String, Integer> fields = new LinkedHashMap<>();
    inputs.forEach(e -> fields.put(e.rows, e.size));
    layers.forEach(l -> fields.put(l.to, l.linear.outputs() * l.linear.taps().size()));
    fields.forEach((name, count) -> type.addField(field(name, count)));
    MethodSpec.Builder run = MethodSpec.methodBuilder("runRows").addModifiers(Modifier.PRIVATE)
        .addJavadoc("Computes the layers of the n samples in rows.\n").addParameter(int.class, "n");
    Set<String> kernels = new TreeSet<>();
    for (Layer layer : layers) {
      run.addStatement("$L", product(layer, tables, kernels));
      if (!layer.after.isEmpty()) {
        String name = "after" + layer.to;
        run.addStatement("$L(n)", name);
        type.addMethod(MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addParameter(int.class, "n")
            .addCode("$L", layer.after).build());
      }
    }
    type.addMethod(run.build());
    SourceMethods.write(List.copyOf(kernels), type);
  }

  private static String product(Layer layer, Tables tables, Set<String> kernels) {
    Linear linear = layer.linear;
    kernels.add(BatchKernels.kernel(1, 1));
    kernels.add(BatchKernels.kernel(1, 4));
    if (layer.exact && linear.density() < SPARSE) {
      Linear.Sparse s = linear.sparse();
      kernels.add(BatchKernels.SPARSE);
      kernels.add(BatchKernels.kernel(1, 2));
      kernels.add(BatchKernels.kernel(1, 8));
      return "sparse(" + String.join(", ", layer.from, layer.to, tables.of(s.starts(), false),
          tables.of(s.elements(), false), tables.of(s.weights()), "n") + ")";
    }
    kernels.add(BatchKernels.DENSE);
    kernels.add(BatchKernels.kernel(4, 1));
    kernels.add(BatchKernels.kernel(4, 4));
    return "dense(" + String.join(", ", layer.from, layer.to, tables.of(linear.starts(), false),
        tables.of(linear.all(Linear.Tap::element), false), tables.of(linear.all(Linear.Tap::row), false),
        Integer.toString(linear.outputs()), tables.of(linear.weights()), "n") + ")";
  }

  /// How blocks are read, or written, by port.
  interface Text {
    String of(End end);
  }

  /// Statements that compute blocks and leave `i` at the first sample that is left.
  ///
  /// @param limit the size of inputs up to which a block may be computed; empty if there is none
  void loop(MethodSpec.Builder m, Text read, Text write, String limit) {
    m.addStatement("int i = 0");
    m.beginControlFlow("while (samples - i >= $L)", BatchKernels.LEAST);
    m.addStatement("final int n = Math.min(samples - i, $L)", BatchKernels.BLOCK);
    if (!limit.isEmpty()) {
      List<String> tests = inputs.stream()
          .map(e -> "isUpTo(" + limit + ", " + e.port + ", i * " + e.size + ", " + e.size + " * n)").toList();
      m.beginControlFlow("if (!($L))", String.join(" && ", tests)).addStatement("break").endControlFlow();
    }
    inputs.forEach(e -> m.addStatement("$L", read.of(e)));
    m.addStatement("runRows(n)");
    outputs.forEach(e -> m.addStatement("$L", write.of(e)));
    m.addStatement("i += n").endControlFlow();
  }

  /// The statements of a method `after`: loops over the elements, and over the samples inside.
  static String after(Body body, List<Affine> index, Affine flat, String rows, Runnable element) {
    body.statement("final float[] row = " + rows + "[" + flat + "]");
    body.open("for (int s = 0; s < n; s++)");
    element.run();
    body.close();
    index.forEach(body::end);
    return body.text();
  }
}
