package org.burin.backend.jvm;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.burin.codegen.spi.Program;

/// Puts together the class of a graph of floats.
final class FloatClass {
  private final Program.Floating program;
  private final FloatCode code;
  private final List<FloatCode.Method> methods;
  private final FloatStorage storage;
  private final Optional<Batch> blocks;
  private final TypeSpec.Builder type;
  private final List<FloatStorage.Port> ports = new ArrayList<>();

  private FloatClass(Program.Floating program, String className) {
    this.program = program;
    code = new FloatCode(program.graph(), program.parameters());
    methods = code.write();
    blocks = code.batch();
    storage = code.storage();
    ports.addAll(storage.inputs());
    ports.addAll(storage.outputs());
    type = TypeSpec.classBuilder(className).addModifiers(Modifier.PUBLIC, Modifier.FINAL);
  }

  /// The source of the class.
  static String write(Program.Floating program, String packageName, String className) {
    FloatClass c = new FloatClass(program, className);
    c.fill(className);
    return JavaFile.builder(packageName, c.type.build()).indent("  ").skipJavaLangImports(true).build().toString();
  }

  private void fill(String className) {
    type.addJavadoc("$L", new Documentation(program.about(), className).floating(ports, storage.inputs().size()));
    for (FloatStorage.Port p : ports) {
      type.addField(FieldSpec.builder(int.class, size(p), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
          .addJavadoc("$L\n", Documentation.escape(
              "The numbers of one sample of '" + p.label() + "', shape " + p.value().shape() + "."))
          .initializer("$L", FloatElements.shape(p.value()).size()).build());
    }
    List<MethodSpec> writers = storage.outputs().stream().map(this::writer).toList();
    storage.fields().forEach((name, length) -> type.addField(
        FieldSpec.builder(float[].class, name, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new float[$L]", length).build()));
    type.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC)
        .addJavadoc("Allocates the working memory; nothing is allocated later.\n").build());
    type.addMethod(infer(false));
    type.addMethod(infer(true));
    type.addMethod(run());
    methods.forEach(m -> type.addMethod(step(m)));
    writers.forEach(type::addMethod);
    blocks.ifPresent(b -> {
      b.write(type, storage.tables());
      SourceMethods.write(List.of(BatchKernels.SPREAD, BatchKernels.LIMIT, BatchKernels.GATHER), type);
    });
    TableCode.write(storage.tables().all(), type);
    SourceMethods.write(storage.functions().sources(), type);
  }

  private static String size(FloatStorage.Port p) {
    return Documentation.constant(p.name(), "SIZE");
  }

  private static boolean isBatched(FloatStorage.Port p) {
    return p.value().shape().batchAxis() == 0;
  }

  private MethodSpec infer(boolean batch) {
    MethodSpec.Builder m = MethodSpec.methodBuilder("infer").addModifiers(Modifier.PUBLIC)
        .addJavadoc("$L", Documentation.inferFloats(ports, storage.inputs().size(), batch));
    if (batch) {
      m.addParameter(int.class, "samples");
    }
    ports.forEach(p -> m.addParameter(float[].class, p.name()));
    for (FloatStorage.Port p : ports) {
      String count = batch && isBatched(p) ? "Math.multiplyExact(samples, " + size(p) + ")" : size(p);
      m.addStatement("$T.checkFromIndexSize(0, $L, $L.length)", Objects.class, count, p.name());
    }
    if (!batch) {
      return m.addStatement("run($L)", String.join(", ", ports.stream().map(p -> p.name() + ", 0").toList())).build();
    }
    blocks.ifPresent(b -> b.loop(m, e -> "spread(" + e.port() + ", i * " + e.size() + ", " + e.rows() + ", n)",
        e -> "gather(" + e.rows() + ", 1f, " + e.port() + ", i * " + e.size() + ", n)",
        FloatBatch.INPUT + "f"));
    return m.beginControlFlow(blocks.isPresent() ? "for (; i < samples; i++)" : "for (int i = 0; i < samples; i++)")
        .addStatement("run($L)", String.join(", ", ports.stream()
            .map(p -> p.name() + ", " + (isBatched(p) ? "i * " + size(p) : "0")).toList()))
        .endControlFlow().build();
  }

  private static void parameters(MethodSpec.Builder m, List<FloatStorage.Port> used) {
    used.forEach(p -> m.addParameter(float[].class, p.name()).addParameter(int.class, p.offset()));
  }

  private static String arguments(List<FloatStorage.Port> used) {
    return String.join(", ", used.stream().map(p -> p.name() + ", " + p.offset()).toList());
  }

  private MethodSpec run() {
    MethodSpec.Builder m = MethodSpec.methodBuilder("run").addModifiers(Modifier.PRIVATE);
    parameters(m, ports);
    methods.forEach(s -> m.addStatement("$L($L)", s.name(), arguments(s.ports())));
    storage.outputs().forEach(p -> m.addStatement("write$L($L)", p.name(), arguments(ports)));
    return m.build();
  }

  private static MethodSpec step(FloatCode.Method step) {
    MethodSpec.Builder m = MethodSpec.methodBuilder(step.name()).addModifiers(Modifier.PRIVATE)
        .addJavadoc("$L\n", Documentation.escape(step.words()));
    parameters(m, step.ports());
    return m.addCode("$L", step.text()).build();
  }

  /// A method that brings an output to the caller's array.
  private MethodSpec writer(FloatStorage.Port p) {
    Body body = new Body();
    Affine i = body.loop(FloatElements.shape(p.value()).size());
    String number = code.elements(body).load(FloatRoots.source(p.value()), i);
    body.statement(p.name() + "[" + i.plus(Affine.variable(p.offset())) + "] = " + number);
    body.end(i);
    MethodSpec.Builder m = MethodSpec.methodBuilder("write" + p.name()).addModifiers(Modifier.PRIVATE);
    parameters(m, ports);
    return m.addCode("$L", body.text()).build();
  }
}
