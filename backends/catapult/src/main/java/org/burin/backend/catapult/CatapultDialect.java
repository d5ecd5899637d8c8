package org.burin.backend.catapult;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.backend.hls.Design;
import org.burin.backend.hls.Dialect;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// Number types, pragmas and scripts of Catapult.
final class CatapultDialect implements Dialect {
  private final CatapultOptions options;

  CatapultDialect(CatapultOptions options) {
    this.options = options;
  }

  @Override
  public String tool() {
    return "Catapult";
  }

  @Override
  public String type(FixedType t) {
    String modes = t.rounding() == Rounding.TRN && t.overflow() == Overflow.WRAP ? ""
        : ", AC_" + t.rounding().name() + ", AC_" + t.overflow().name();
    return String.format(Locale.ROOT, "ac_fixed<%d, %d, %b%s>", t.width(), t.integer(), t.signed(), modes);
  }

  @Override
  public boolean rounds(Rounding rounding) {
    return true;
  }

  @Override
  public List<String> includes() {
    return List.of("mc_scverify.h");
  }

  @Override
  public String numbers() {
    return "numbers_catapult.h";
  }

  @Override
  public List<String> types() {
    return List.of("ac_channel.h", "ac_fixed.h", "ac_int.h", "mc_scverify.h", "number.h");
  }

  @Override
  public String vendorHeader() {
    return "ac_fixed.h";
  }

  @Override
  public String typesFolder() {
    return "firmware/ac_types";
  }

  @Override
  public String stream() {
    return "ac_channel";
  }

  @Override
  public List<String> before(Mark mark) {
    return switch (mark.kind()) {
      case UNROLL -> List.of("#pragma hls_unroll yes");
      case PIPELINE -> List.of("#pragma hls_pipeline_init_interval 1");
      case LOOP, PARTITION -> List.of();
    };
  }

  @Override
  public List<String> inside(Mark mark) {
    return List.of();
  }

  @Override
  public List<String> beforeTop(Design design) {
    return List.of("#pragma hls_design top");
  }

  @Override
  public List<String> insideTop(Design design) {
    return List.of();
  }

  @Override
  public List<String> insideArray(String name) {
    return List.of();
  }

  @Override
  public String definition(String top) {
    return "CCS_BLOCK(" + top + ")";
  }

  @Override
  public Map<String, String> scripts() {
    return Map.of("build_prj.tcl", "catapult_build.tcl", "library.tcl", "catapult_library.tcl", "directives.tcl",
        "catapult_directives.tcl");
  }

  @Override
  public Map<String, String> texts(Design design) {
    Map<String, String> texts = new HashMap<>();
    texts.put("main", "CCS_MAIN(int argc, char *argv[])");
    texts.put("call", "CCS_DESIGN(" + design.top() + ")");
    texts.put("return", "CCS_RETURN");
    texts.put("files", """
        | `build_prj.tcl` | the flow of Catapult, from analysis to extraction |
        | `library.tcl` | technology, memories and operating corner: to be filled in for a process |
        | `directives.tcl` | how ports, memories and loops of single layers are built |""");
    texts.put("run", """
        ## Synthesis

            catapult -shell -file build_prj.tcl
            COSIM=1 POWER=1 catapult -shell -file build_prj.tcl

        Reports are in the folder of the solution, `%s_prj/%s.v1`; `burin report MODEL --backend catapult --reports .`
        shows them beside the estimates.""".formatted(design.top(), design.top()));
    texts.put("clock", number(options.clock()));
    texts.put("half", number(options.clock() / 2));
    texts.put("technology", options.technology().isEmpty() ? "TECHNOLOGY_beh" : options.technology());
    texts.put("memories", options.memories());
    texts.put("corner", options.corner());
    return texts;
  }

  private static String number(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
  }
}
