package org.burin.backend.jvm;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;

/// Puts together the class of a fixed-point graph.
final class FixedClass {
  private final Program.Fixed program;
  private final Storage storage;
  private final List<FixedCode.Method> methods;
  private final Optional<Batch> batch;
  private final TypeSpec.Builder type;
  private final List<Storage.Port> ports = new ArrayList<>();

  private FixedClass(Program.Fixed program, String className, Form form) {
    this.program = program;
    FixedCode code = new FixedCode(program.graph(), form);
    methods = code.write();
    storage = code.storage();
    batch = FixedBatch.of(program.graph(), storage);
    ports.addAll(storage.inputs());
    ports.addAll(storage.outputs());
    type = TypeSpec.classBuilder(className).addModifiers(Modifier.PUBLIC, Modifier.FINAL);
  }

  /// The source of the class.
  static String write(Program.Fixed program, String packageName, String className, Form form) {
    FixedClass c = new FixedClass(program, className, form);
    c.fill();
    return JavaFile.builder(packageName, c.type.build()).indent("  ").skipJavaLangImports(true).build().toString();
  }

  private void fill() {
    type.addJavadoc("$L", new Documentation(program.about(), className()).fixed(storage));
    ports.forEach(this::constants);
    storage.fields().forEach((v, name) -> type.addField(scratch(name, v)));
    ports.forEach(p -> type.addField(scratch(raw(p), p.value())));
    type.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC)
        .addJavadoc("Allocates the working memory; nothing is allocated later.\n").build());
    type.addMethod(infer());
    type.addMethod(inferBatch());
    type.addMethod(inferRaw());
    type.addMethod(inferRawBatch());
    type.addMethod(run());
    methods.forEach(m -> type.addMethod(step(m)));
    for (Storage.Port p : storage.inputs()) {
      type.addMethod(conversion(p, true));
    }
    for (Storage.Port p : storage.outputs()) {
      type.addMethod(conversion(p, false));
    }
    batch.ifPresent(this::rows);
    TableCode.write(storage.tables().all(), type);
    SourceMethods.write(storage.helpers().sources(), type);
  }

  private String className() {
    return type.build().name();
  }

  private static TypeName element(FixedValue v) {
    return Fits.isWide(v) ? TypeName.LONG : TypeName.INT;
  }

  private static FieldSpec scratch(String name, FixedValue v) {
    return FieldSpec.builder(ArrayTypeName.of(element(v)), name, Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new $T[$L]", element(v), Elements.shape(v).size()).build();
  }

  private static String raw(Storage.Port p) {
    return p.name() + "Raw";
  }

  private static String constant(Storage.Port p, String what) {
    return Documentation.constant(p.name(), what);
  }

  private void constants(Storage.Port p) {
    FixedValue v = p.value();
    FixedType widest = v.precision().type();
    add(constant(p, "SIZE"), "The numbers of one sample of " + quoted(p) + ", shape " + v.shape() + ".",
        Elements.shape(v).size());
    add(constant(p, "FRACTION"), "The bits right of the binary point of the raw integers of " + quoted(p) + ".",
        Elements.fraction(v));
    add(constant(p, "WIDTH"), "The bits of the smallest type that holds all numbers of " + quoted(p) + ", " + widest
        + ".", widest.width());
  }

  private static String quoted(Storage.Port p) {
    return "'" + p.label() + "'";
  }

  private void add(String name, String words, int value) {
    type.addField(FieldSpec.builder(int.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L\n", Documentation.escape(words)).initializer("$L", value).build());
  }

  // ---- methods --------------------------------------------------------------------------------------------------

  private MethodSpec.Builder open(String name, boolean batch, boolean raw) {
    MethodSpec.Builder m = MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
    if (batch) {
      m.addParameter(int.class, "samples");
    }
    for (Storage.Port p : ports) {
      m.addParameter(ArrayTypeName.of(raw ? element(p.value()) : TypeName.FLOAT), p.name());
    }
    for (Storage.Port p : ports) {
      String count = batch && isBatched(p) ? "Math.multiplyExact(samples, " + constant(p, "SIZE") + ")"
          : constant(p, "SIZE");
      m.addStatement("$T.checkFromIndexSize(0, $L, $L.length)", Objects.class, count, p.name());
    }
    return m;
  }

  private MethodSpec infer() {
    MethodSpec.Builder m = open("infer", false, false).addJavadoc("$L", Documentation.infer(ports, storage, false));
    storage.inputs().forEach(p -> m.addStatement("$L($L, 0)", "read" + p.name(), p.name()));
    m.addStatement("run($L)", arguments(p -> raw(p) + ", 0"));
    storage.outputs().forEach(p -> m.addStatement("$L($L, 0)", "write" + p.name(), p.name()));
    return m.build();
  }

  private MethodSpec inferBatch() {
    MethodSpec.Builder m = open("infer", true, false).addJavadoc("$L", Documentation.infer(ports, storage, true));
    batch.ifPresent(b -> b.loop(m, e -> "read" + e.port() + "Rows(" + e.port() + ", i * " + e.size() + ", n)",
        e -> "gather(" + e.rows() + ", " + scale(e) + ", " + e.port() + ", i * " + e.size() + ", n)", ""));
    m.beginControlFlow(loop());
    storage.inputs().forEach(p -> m.addStatement("$L($L, $L)", "read" + p.name(), p.name(), start(p)));
    m.addStatement("run($L)", arguments(p -> raw(p) + ", 0"));
    storage.outputs().forEach(p -> m.addStatement("$L($L, $L)", "write" + p.name(), p.name(), start(p)));
    return m.endControlFlow().build();
  }

  private MethodSpec inferRaw() {
    return open("inferRaw", false, true).addJavadoc("$L", Documentation.inferRaw(ports, storage, false))
        .addStatement("run($L)", arguments(p -> p.name() + ", 0")).build();
  }

  private MethodSpec inferRawBatch() {
    MethodSpec.Builder m = open("inferRaw", true, true)
        .addJavadoc("$L", Documentation.inferRaw(ports, storage, true));
    batch.ifPresent(b -> b.loop(m, e -> "spread(" + e.port() + ", i * " + e.size() + ", " + e.rows() + ", n)",
        e -> "gather(" + e.rows() + ", " + e.port() + ", i * " + e.size() + ", n)", ""));
    return m.beginControlFlow(loop())
        .addStatement("run($L)", arguments(p -> p.name() + ", " + start(p)))
        .endControlFlow().build();
  }

  private String loop() {
    return batch.isPresent() ? "for (; i < samples; i++)" : "for (int i = 0; i < samples; i++)";
  }

  private String scale(Batch.End end) {
    return storage.outputs().stream().filter(p -> p.name().equals(end.port()))
        .map(p -> InputCode.power(-Elements.fraction(p.value())) + "f").findFirst().orElseThrow();
  }

  /// The fields and methods of the form for many samples.
  private void rows(Batch b) {
    b.write(type, storage.tables());
    for (Storage.Port p : storage.inputs()) {
      if (p.value().op() instanceof FixedOp.Input(_, _, var types)) {
        String block = p.name() + "Block";
        int size = Elements.shape(p.value()).size();
        type.addField(FieldSpec.builder(float[].class, block, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new float[$L]", size * BatchKernels.BLOCK).build());
        Body body = new Body();
        new InputCode(storage).read(p, types.types().getFirst(), size + " * n", block, body);
        body.statement("spread(" + block + ", 0, " + Batch.rows(p.value().id()) + ", n)");
        type.addMethod(MethodSpec.methodBuilder("read" + p.name() + "Rows").addModifiers(Modifier.PRIVATE)
            .addParameter(float[].class, p.name()).addParameter(int.class, p.offset()).addParameter(int.class, "n")
            .addCode("$L", body.text()).build());
      }
    }
    SourceMethods.write(List.of(BatchKernels.SPREAD, BatchKernels.SPREAD.replace("float[] x,", "int[] x,"),
        BatchKernels.GATHER, BatchKernels.GATHER.replace("float scale, float[] y", "int[] y")
            .replace("row[s] * scale", "(int) row[s]")), type);
  }

  private static boolean isBatched(Storage.Port p) {
    return p.value().shape().batchAxis() == 0;
  }

  /// Where the i-th sample begins.
  private static String start(Storage.Port p) {
    return isBatched(p) ? "i * " + constant(p, "SIZE") : "0";
  }

  private interface Text {
    String of(Storage.Port p);
  }

  private String arguments(Text text) {
    return String.join(", ", ports.stream().map(text::of).toList());
  }

  private static void parameters(MethodSpec.Builder m, List<Storage.Port> used) {
    for (Storage.Port p : used) {
      m.addParameter(ArrayTypeName.of(element(p.value())), p.name()).addParameter(int.class, p.offset());
    }
  }

  private MethodSpec run() {
    MethodSpec.Builder m = MethodSpec.methodBuilder("run").addModifiers(Modifier.PRIVATE);
    parameters(m, ports);
    for (FixedCode.Method step : methods) {
      m.addStatement("$L($L)", step.name(),
          String.join(", ", step.ports().stream().map(p -> p.name() + ", " + p.offset()).toList()));
    }
    return m.build();
  }

  private static MethodSpec step(FixedCode.Method step) {
    MethodSpec.Builder m = MethodSpec.methodBuilder(step.name()).addModifiers(Modifier.PRIVATE)
        .addJavadoc("$L\n", Documentation.escape(step.words()));
    parameters(m, step.ports());
    return m.addCode("$L", step.text()).build();
  }

  private MethodSpec conversion(Storage.Port p, boolean in) {
    Body body = new Body();
    InputCode code = new InputCode(storage);
    if (in && p.value().op() instanceof FixedOp.Input(_, _, var types)) {
      code.read(p, types, raw(p), body);
    } else {
      code.write(p, raw(p), body);
    }
    return MethodSpec.methodBuilder((in ? "read" : "write") + p.name()).addModifiers(Modifier.PRIVATE)
        .addParameter(float[].class, p.name()).addParameter(int.class, p.offset()).addCode("$L", body.text()).build();
  }
}
