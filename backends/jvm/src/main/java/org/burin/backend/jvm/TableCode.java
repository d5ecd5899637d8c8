package org.burin.backend.jvm;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/// Writes tables as fields of the generated class, and the methods that decode them.
final class TableCode {
  private static final int LINE = 96;

  private TableCode() {}

  static void write(List<Tables.Table> tables, TypeSpec.Builder type) {
    Set<String> decoders = new TreeSet<>();
    for (Tables.Table t : tables) {
      TypeName element = element(t.type());
      CodeBlock.Builder init = CodeBlock.builder().add("$L($L, $L", t.type() + "s", t.length(), t.chars());
      for (String part : t.parts()) {
        init.add(",\n$L", text(part));
      }
      type.addField(FieldSpec.builder(ArrayTypeName.of(element), t.name(), Modifier.PRIVATE, Modifier.STATIC,
          Modifier.FINAL).initializer(init.add(")").build()).build());
      decoders.add(t.type());
    }
    decoders.forEach(d -> type.addMethod(decoder(d)));
  }

  private static TypeName element(String type) {
    return switch (type) {
      case "int" -> TypeName.INT;
      case "long" -> TypeName.LONG;
      case "float" -> TypeName.FLOAT;
      case "double" -> TypeName.DOUBLE;
      default -> throw new IllegalArgumentException("there are no tables of " + type);
    };
  }

  private static MethodSpec decoder(String type) {
    String cast = switch (type) {
      case "int" -> "(int) bits";
      case "float" -> "Float.intBitsToFloat((int) bits)";
      default -> "bits";
    };
    String body = """
        final %1$s[] numbers = new %1$s[length];
        int at = 0;
        for (String part : parts) {
          for (int i = 0; i < part.length(); i += chars) {
            long bits = (short) part.charAt(i);
            for (int j = 1; j < chars; j++) {
              bits = bits << 16 | part.charAt(i + j);
            }
            numbers[at++] = %2$s;
          }
        }
        return numbers;
        """.formatted(type, cast);
    return MethodSpec.methodBuilder(type + "s")
        .addJavadoc("The numbers in the chars of strings, `chars` for each, high bits first.\n".replace('`', '\''))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(ArrayTypeName.of(element(type)))
        .addParameter(int.class, "length").addParameter(int.class, "chars").addParameter(String[].class, "parts")
        .varargs()
        .addCode("$L", body)
        .build();
  }

  /// A string constant over several lines.
  private static String text(String chars) {
    StringBuilder s = new StringBuilder();
    int start = 0;
    while (start < chars.length()) {
      int end = start;
      int width = 0;
      while (end < chars.length() && width < LINE) {
        char c = chars.charAt(end++);
        width += c >= ' ' && c < 127 ? 1 : c < 256 ? 4 : 6;
      }
      s.append(s.isEmpty() ? "" : "\n    + ").append(Tables.literal(chars.substring(start, end)));
      start = end;
    }
    return s.isEmpty() ? "\"\"" : s.toString();
  }
}
