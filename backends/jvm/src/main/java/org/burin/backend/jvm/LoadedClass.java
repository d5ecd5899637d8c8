package org.burin.backend.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedValue;

/// A generated class, compiled and loaded.
final class LoadedClass {
  private final Program program;
  private final String source;
  private final List<Boolean> wide;
  private final MethodHandle create;
  private final boolean single;

  private LoadedClass(Program program, String source, List<Boolean> wide, MethodHandle create) {
    this.program = program;
    this.source = source;
    this.wide = wide;
    this.create = create;
    single = isSingle(program);
  }

  static LoadedClass of(Program program, String packageName, String className, String source) {
    String fullName = packageName.isEmpty() ? className : packageName + "." + className;
    Map<String, byte[]> classes = SourceCompiler.compile(fullName, source);
    List<Boolean> wide = new ArrayList<>();
    if (program instanceof Program.Fixed(_, FixedGraph graph)) {
      graph.inputs().forEach(v -> wide.add(Fits.isWide(v)));
      for (FixedValue v : graph.outputs().values()) {
        wide.add(Fits.isWide(v));
      }
    }
    try {
      Class<?> model = new Loader(classes).loadClass(fullName);
      return new LoadedClass(program, source, wide, entry(model, program, wide));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated class " + fullName + " cannot be loaded", e);
    }
  }

  Program program() {
    return program;
  }

  String source() {
    return source;
  }

  boolean isSingle() {
    return single;
  }

  private static boolean isSingle(Program program) {
    return program.inputs().size() == 1 && program.outputs().size() == 1;
  }

  /// Whether the raw integers of the i-th of the inputs and outputs are `long`.
  boolean isWide(int i) {
    return wide.get(i);
  }

  /// A new object of the class.
  Entrance instance() {
    try {
      return (Entrance) create.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("the generated class cannot be used", e);
    }
  }

  /// The classes, which see nothing but the Java platform.
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(ClassLoader.getPlatformClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  /// A handle that gives a new [Entry] for a new object of the class.
  private static MethodHandle entry(Class<?> model, Program program, List<Boolean> wide)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    int ports = program.inputs().size() + program.outputs().size();
    List<Class<?>> floats = new ArrayList<>();
    List<Class<?>> raws = new ArrayList<>();
    for (int i = 0; i < ports; i++) {
      floats.add(float[].class);
      raws.add(wide.isEmpty() ? float[].class : wide.get(i) ? long[].class : int[].class);
    }
    MethodHandle many = batch(lookup, model, "infer", floats);
    MethodHandle one = isSingle(program)
        ? lookup.findVirtual(model, "infer", MethodType.methodType(void.class, floats))
            .asType(MethodType.methodType(void.class, Object.class, float[].class, float[].class))
        : many;
    MethodHandle raw = wide.isEmpty() ? many : batch(lookup, model, "inferRaw", raws);
    MethodHandles.Lookup hidden = MethodHandles.lookup()
        .defineHiddenClassWithClassData(bytesOfEntry(), List.of(one, many, raw), true);
    MethodHandle construct =
        hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class, Object.class));
    MethodHandle fresh = lookup.findConstructor(model, MethodType.methodType(void.class));
    return MethodHandles.filterReturnValue(fresh.asType(MethodType.methodType(Object.class)), construct);
  }

  private static MethodHandle batch(
      MethodHandles.Lookup lookup, Class<?> model, String name, List<Class<?>> arrays)
      throws ReflectiveOperationException {
    List<Class<?>> parameters = new ArrayList<>(arrays);
    parameters.addFirst(int.class);
    return lookup.findVirtual(model, name, MethodType.methodType(void.class, parameters))
        .asSpreader(Object[].class, arrays.size())
        .asType(MethodType.methodType(void.class, Object.class, int.class, Object[].class));
  }

  private static byte[] bytesOfEntry() {
    try (InputStream in = LoadedClass.class.getResourceAsStream("Entry.class")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
