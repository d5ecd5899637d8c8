package org.burin.backend.jvm;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/// Adds methods that are given as source text to a class.
final class SourceMethods {
  private static final Pattern METHOD = Pattern.compile(
      "(?s)(?:/\\*\\* (?<words>.*?) \\*/\\s*)?private static (?<type>\\w+) (?<name>\\w+)"
          + "\\((?<parameters>[^)]*)\\) \\{\n(?<body>.*)\\}\\s*");

  private SourceMethods() {}

  static void write(List<String> sources, TypeSpec.Builder type) {
    for (String source : sources) {
      Matcher m = METHOD.matcher(source);
      if (!m.matches()) {
        throw new IllegalArgumentException("not the source of a private static method: " + source);
      }
      MethodSpec.Builder method = MethodSpec.methodBuilder(m.group("name"))
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC).returns(type(m.group("type")));
      if (m.group("words") != null) {
        method.addJavadoc("$L\n", m.group("words"));
      }
      for (String parameter : m.group("parameters").split(", ", -1)) {
        String[] parts = parameter.split(" ", -1);
        method.addParameter(type(parts[0]), parts[1]);
      }
      type.addMethod(method.addCode("$L", m.group("body").indent(-2)).build());
    }
  }

  private static TypeName type(String name) {
    if (name.endsWith("[]")) {
      return ArrayTypeName.of(type(name.substring(0, name.length() - 2)));
    }
    return switch (name) {
      case "void" -> TypeName.VOID;
      case "int" -> TypeName.INT;
      case "long" -> TypeName.LONG;
      case "float" -> TypeName.FLOAT;
      case "double" -> TypeName.DOUBLE;
      case "boolean" -> TypeName.BOOLEAN;
      default -> ClassName.bestGuess(name);
    };
  }
}
