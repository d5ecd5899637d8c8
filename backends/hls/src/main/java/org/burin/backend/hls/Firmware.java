package org.burin.backend.hls;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.burin.backend.hls.Design.Call;
import org.burin.backend.hls.Design.ConstantArray;
import org.burin.backend.hls.Design.Port;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.text.CodeWriter;
import org.burin.fixed.FixedType;

/// Writes the folder `firmware`: the top function, types, configurations, weights and the kernel library.
final class Firmware {
  private final Design design;
  private final Dialect dialect;

  Firmware(Design design, Dialect dialect) {
    this.design = design;
    this.dialect = dialect;
  }

  void write(Artifact.Builder files) {
    files.text("firmware/" + design.top() + ".h", header());
    files.text("firmware/" + design.top() + ".cpp", source());
    files.text("firmware/defines.h", defines());
    files.text("firmware/parameters.h", parameters());
    for (ConstantArray c : design.constants()) {
      files.text("firmware/weights/" + c.name() + ".h", weights(c));
      files.text("firmware/weights/" + c.name() + ".txt", numbers(c));
    }
    for (String kernel : KernelLibrary.KERNELS) {
      files.text("firmware/kernels/" + kernel, KernelLibrary.kernel(kernel, dialect));
    }
    files.text("firmware/kernels/rounding.h", KernelLibrary.resource("kernels/rounding.h"));
    files.text("firmware/kernels/numbers.h", KernelLibrary.resource("kernels/" + dialect.numbers()));
    for (String type : dialect.types()) {
      files.text(dialect.typesFolder() + "/" + type, KernelLibrary.resource("types/" + type));
    }
  }

  // ---- types --------------------------------------------------------------------------------------------------------

  private String defines() {
    CodeWriter w = new CodeWriter("  ");
    w.line("// The types of all tensors: the fewest bits that hold what is proven of their elements.");
    guard(w, "BURIN_DEFINES_H", () -> {
      w.line("#include \"kernels/numbers.h\"");
      w.line();
      DesignBuilder.typed(design).forEach(p -> w.line("typedef " + dialect.type(p.type()) + " " + p.name() + "_t;  // "
          + p.value().shape() + " " + range(p)));
      for (ConstantArray c : design.constants()) {
        w.line("typedef " + dialect.type(c.type()) + " " + c.name() + "_t;  // " + c.shape());
      }
    });
    return w.toString();
  }

  private static String range(Port p) {
    return p.value().precision().low() + ".." + p.value().precision().high() + " * 2^"
        + -p.value().precision().fraction();
  }

  static void guard(CodeWriter w, String macro, Runnable body) {
    w.line("#ifndef " + macro).line("#define " + macro).line();
    body.run();
    w.line().line("#endif");
  }

  private String parameters() {
    CodeWriter w = new CodeWriter("  ");
    w.line("// What each call of the kernel library computes.");
    guard(w, "BURIN_PARAMETERS_H", () -> {
      w.line("#include \"defines.h\"");
      KernelLibrary.KERNELS.forEach(k -> w.line("#include \"kernels/" + k + "\""));
      design.constants().stream().filter(c -> !c.port())
          .forEach(c -> w.line("#include \"weights/" + c.name() + ".h\""));
      String layer = "";
      for (Call c : design.calls()) {
        w.line();
        if (!c.layer().equals(layer)) {
          layer = c.layer();
          w.line("// ---- " + layer + " ----").line();
        }
        w.block("struct " + c.name() + "_config {", () -> c.config().forEach(w::line), "};");
      }
    });
    return w.toString();
  }

  // ---- weights ------------------------------------------------------------------------------------------------------

  /// The macro that guards the header of constants.
  static String macro(ConstantArray c) {
    return "BURIN_" + c.name().toUpperCase(Locale.ROOT) + "_H";
  }

  private String weights(ConstantArray c) {
    String macro = macro(c);
    CodeWriter w = new CodeWriter("  ");
    w.line("// " + c.shape() + ", raw integers of " + dialect.type(c.type()) + ": numbers times 2^"
        + c.type().fraction());
    guard(w, macro, () -> {
      w.line((c.port() ? "static " : "") + "const " + IntegerArrays.element(c.raw()) + " " + c.name()
          + (c.port() ? "_initial" : "") + "[" + c.raw().length + "] = {");
      w.line("  " + IntegerArrays.list(c.raw()) + "};");
    });
    return w.toString();
  }

  /// The numbers in decimals, exactly.
  private static String numbers(ConstantArray c) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < c.raw().length; i++) {
      s.append(i == 0 ? "" : ",").append(decimal(c.raw()[i], c.type()));
    }
    return s.append('\n').toString();
  }

  private static String decimal(long raw, FixedType type) {
    BigDecimal n = BigDecimal.valueOf(raw);
    n = type.fraction() > 0 ? n.multiply(new BigDecimal("0.5").pow(type.fraction()))
        : n.multiply(BigDecimal.TWO.pow(-type.fraction()));
    return n.signum() == 0 ? "0" : n.stripTrailingZeros().toPlainString();
  }

  // ---- the top function ---------------------------------------------------------------------------------------------

  private String header() {
    CodeWriter w = new CodeWriter("  ");
    w.line("// " + about());
    guard(w, "BURIN_TOP_H", () -> {
      w.line("#include \"defines.h\"").line();
      prototype(w, "void " + design.top() + "(", ");");
    });
    return w.toString();
  }

  private String about() {
    return "Model '" + design.about().name().replaceAll("[\\p{Cntrl}\\\\]", " ") + "', one sample at a time.";
  }

  private void prototype(CodeWriter w, String head, String tail) {
    List<String> parameters = new ArrayList<>();
    design.inputs().forEach(p -> parameters.add("const " + p.name() + "_t " + p.name() + "[" + p.size() + "]"));
    design.outputs().forEach(p -> parameters.add(p.name() + "_t " + p.name() + "[" + p.size() + "]"));
    design.weightPorts().forEach(c -> parameters.add(
        "const " + c.name() + "_t " + c.name() + "[" + c.raw().length + "]"));
    w.line(head + String.join(", ", parameters) + tail);
  }

  private String source() {
    CodeWriter w = new CodeWriter("  ");
    w.line("// " + about());
    w.line("#include \"" + design.top() + ".h\"");
    dialect.includes().forEach(i -> w.line("#include <" + i + ">"));
    w.line("#include \"parameters.h\"").line();
    dialect.beforeTop(design).forEach(w::line);
    prototype(w, "void " + dialect.definition(design.top()) + "(", ") {");
    w.indented(() -> {
      dialect.insideTop(design).forEach(w::line);
      unread().forEach(name -> w.line("(void)" + name + ";  // no output depends on it"));
      String layer = "";
      for (Call c : design.calls()) {
        w.line();
        if (!c.layer().equals(layer)) {
          layer = c.layer();
          w.line("// ---- " + layer + " ----");
        }
        result(c).ifPresent(p -> w.line("BURIN_LOCAL " + p.name() + "_t " + p.name() + "[" + p.size() + "];"));
        dialect.insideArray(c.arguments().getLast()).forEach(w::line);
        w.line("burin::" + c.function() + "<" + c.name() + "_config>(" + String.join(", ", c.arguments()) + ");");
      }
    });
    return w.line("}").toString();
  }

  private Optional<Port> result(Call c) {
    return design.arrays().stream().filter(p -> p.name().equals(c.arguments().getLast())).findFirst();
  }

  private Set<String> unread() {
    Set<String> names = design.inputs().stream().map(Port::name).collect(Collectors.toCollection(LinkedHashSet::new));
    design.calls().forEach(c -> c.arguments().forEach(names::remove));
    return names;
  }
}
