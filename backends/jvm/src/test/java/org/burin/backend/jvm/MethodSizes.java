package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Map;
import java.util.TreeMap;

/// Measures the bytecode of generated classes.
final class MethodSizes {
  /// Larger methods are interpreted for ever.
  private static final int HUGE_METHOD_LIMIT = 8_000;

  private MethodSizes() {}

  static void check(Inference inference) {
    of(inference.source()).forEach((name, bytes) -> assertThat(bytes)
        .as("bytes of method %s of%n%s", name, inference.source()).isLessThan(HUGE_METHOD_LIMIT));
  }

  /// Bytes of bytecode by method.
  static Map<String, Integer> of(String source) {
    String className = source.replaceAll("(?s).*public final class (\\w+).*", "$1");
    String packageName = source.replaceAll("(?s)^package (\\w+);.*", "$1");
    Map<String, Integer> sizes = new TreeMap<>();
    SourceCompiler.compile(packageName + "." + className, source).forEach((name, bytes) -> {
      for (MethodModel m : ClassFile.of().parse(bytes).methods()) {
        m.code().ifPresent(code -> sizes.put(name + "." + m.methodName() + m.methodType(),
            ((CodeAttribute) code).codeLength()));
      }
    });
    return sizes;
  }
}
