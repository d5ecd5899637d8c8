package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedGraph;
import org.burin.ir.Graph;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A model compiled to bytecode in memory, ready to run: what the JVM backend writes, without a build step.
///
/// Compiling needs the module `jdk.compiler`. An object owns its working memory and must not be used by two threads at
/// once; [#fresh] gives one for another thread, without compiling again. Nothing is allocated unless a method says so.
public final class Inference {
  private final LoadedClass loaded;
  private final Entrance entrance;

  Inference(LoadedClass loaded) {
    this.loaded = loaded;
    entrance = loaded.instance();
  }

  /// Compiles a graph of exact numbers.
  ///
  /// @throws org.burin.codegen.spi.RefusedException with everything that keeps the graph from being compiled
  /// @throws IllegalStateException when this Java runtime has no compiler
  public static Inference compile(FixedGraph graph) {
    return compile(new Program.Fixed(new Program.About(graph.name(), "", Map.of()), graph));
  }

  /// Compiles a graph of floats: its results are those of a `Plan`, to the last bit.
  ///
  /// @param parameters a tensor for every parameter of the graph, by name; their present numbers are compiled in
  /// @throws org.burin.codegen.spi.RefusedException with everything that keeps the graph from being compiled
  /// @throws IllegalStateException when this Java runtime has no compiler
  public static Inference compile(Graph graph, Map<String, Tensor> parameters) {
    return compile(new Program.Floating(new Program.About(graph.name(), "", Map.of()), graph, parameters));
  }

  /// Compiles a program.
  ///
  /// @throws org.burin.codegen.spi.RefusedException with everything that keeps it from being compiled
  /// @throws IllegalStateException when this Java runtime has no compiler
  public static Inference compile(Program program) {
    return compile(program, new JvmBackend().defaults());
  }

  static Inference compile(Program program, JvmOptions options) {
    Emitter<JvmOptions> emitter = new Emitter<>(new JvmBackend(), options);
    String className = JvmBackend.className(program, options);
    String file = JvmProject.path(emitter.options().packageName(), className);
    String source = emitter.emit(program).file(file).text();
    return new Inference(LoadedClass.of(program, emitter.options().packageName(), className, source));
  }

  /// The shapes of the inputs by name, in the order of their arrays; the first extent of a shape is that of the
  /// samples.
  public Map<String, Shape> inputs() {
    return loaded.program().inputs();
  }

  /// The shapes of the outputs by name, in the order of their arrays.
  public Map<String, Shape> outputs() {
    return loaded.program().outputs();
  }

  /// The source of the compiled class: Java 17, without dependencies.
  public String source() {
    return loaded.source();
  }

  /// Another object for the same model, with working memory of its own.
  public Inference fresh() {
    return new Inference(loaded);
  }

  /// Computes the outputs of one sample of a model with one input and one output.
  ///
  /// @param in the numbers of the input
  /// @param out where the numbers of the output go
  /// @throws IndexOutOfBoundsException when an array is too short
  /// @throws IllegalStateException when the model has more inputs or outputs
  public void infer(float[] in, float[] out) {
    if (!loaded.isSingle()) {
      throw new IllegalStateException("the model has inputs " + inputs().keySet() + " and outputs " + outputs().keySet()
          + "; pass an array for each of them, and the number of samples");
    }
    try {
      entrance.infer(in, out);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /// Computes the outputs of samples that lie one after another.
  ///
  /// @param samples how many there are
  /// @param arrays those of the inputs, then those of the outputs
  /// @throws IllegalArgumentException when there are more or fewer arrays
  /// @throws IndexOutOfBoundsException when an array is too short
  public void infer(int samples, float[]... arrays) {
    check(arrays.length);
    try {
      entrance.infer(samples, arrays);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /// Computes the outputs of samples as raw integers; inputs have to lie in the range of their types, which is not
  /// checked. Allocates arrays of `int` where the generated method takes such.
  ///
  /// @param samples how many there are
  /// @param arrays those of the inputs, then those of the outputs
  /// @throws IllegalArgumentException when there are more or fewer arrays
  /// @throws IndexOutOfBoundsException when an array is too short
  /// @throws IllegalStateException when the model computes with floats
  public void inferRaw(int samples, long[]... arrays) {
    check(arrays.length);
    if (!(loaded.program() instanceof Program.Fixed)) {
      throw new IllegalStateException("the model computes with floats; it has no raw integers");
    }
    Object[] typed = new Object[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      typed[i] = loaded.isWide(i) ? arrays[i] : narrow(arrays[i]);
    }
    try {
      entrance.inferRaw(samples, typed);
    } catch (Throwable e) {
      throw unchecked(e);
    }
    for (int i = inputs().size(); i < arrays.length; i++) {
      if (typed[i] instanceof int[] results) {
        for (int j = 0; j < results.length; j++) {
          arrays[i][j] = results[j];
        }
      }
    }
  }

  private static int[] narrow(long[] numbers) {
    int[] n = new int[numbers.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = (int) numbers[i];
    }
    return n;
  }

  private void check(int arrays) {
    if (arrays != inputs().size() + outputs().size()) {
      List<String> names = new ArrayList<>(inputs().keySet());
      names.addAll(outputs().keySet());
      throw new IllegalArgumentException("expected an array for each of " + names + ", found " + arrays);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
