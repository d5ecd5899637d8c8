package org.burin.backend.vitis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.backend.hls.Design;
import org.burin.backend.hls.Dialect;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// Number types, pragmas and scripts of Vitis HLS.
final class VitisDialect implements Dialect {
  private final VitisOptions options;

  VitisDialect(VitisOptions options) {
    this.options = options;
  }

  @Override
  public String tool() {
    return "Vitis HLS";
  }

  @Override
  public String type(FixedType t) {
    String modes = t.rounding() == Rounding.TRN && t.overflow() == Overflow.WRAP ? ""
        : ", AP_" + t.rounding().name() + ", AP_" + t.overflow().name();
    return String.format(Locale.ROOT, "ap_%sfixed<%d, %d%s>", t.signed() ? "" : "u", t.width(), t.integer(), modes);
  }

  @Override
  public boolean rounds(Rounding rounding) {
    return rounding != Rounding.RND_CONV_ODD;
  }

  @Override
  public List<String> includes() {
    return List.of();
  }

  @Override
  public String numbers() {
    return "numbers_vitis.h";
  }

  @Override
  public List<String> types() {
    return List.of("ap_fixed.h", "ap_int.h", "hls_stream.h", "number.h");
  }

  @Override
  public String vendorHeader() {
    return "ap_fixed.h";
  }

  @Override
  public String typesFolder() {
    return "firmware/ap_types";
  }

  @Override
  public String stream() {
    return "hls::stream";
  }

  @Override
  public List<String> before(Mark mark) {
    return List.of();
  }

  @Override
  public List<String> inside(Mark mark) {
    return switch (mark.kind()) {
      case UNROLL -> List.of("#pragma HLS UNROLL");
      case PIPELINE -> List.of("#pragma HLS PIPELINE II=1");
      case LOOP -> List.of();
      case PARTITION -> List.of("#pragma HLS ARRAY_PARTITION variable=" + mark.argument() + " complete");
    };
  }

  @Override
  public List<String> beforeTop(Design design) {
    return List.of();
  }

  @Override
  public List<String> insideTop(Design design) {
    List<String> pragmas = new ArrayList<>();
    design.inputs().forEach(p -> pragmas.addAll(List.of("#pragma HLS INTERFACE ap_vld port=" + p.name(),
        "#pragma HLS ARRAY_RESHAPE variable=" + p.name() + " complete dim=0")));
    design.outputs().forEach(p -> pragmas.addAll(List.of("#pragma HLS INTERFACE ap_vld port=" + p.name(),
        "#pragma HLS ARRAY_PARTITION variable=" + p.name() + " complete dim=0")));
    if (design.isPipeline()) {
      pragmas.add("#pragma HLS PIPELINE II=1");
    } else if (design.isChain()) {
      pragmas.add("#pragma HLS DATAFLOW");
    }
    return pragmas;
  }

  @Override
  public List<String> insideArray(String name) {
    return List.of("#pragma HLS ARRAY_PARTITION variable=" + name + " complete dim=0");
  }

  @Override
  public String definition(String top) {
    return top;
  }

  @Override
  public Map<String, String> scripts() {
    return Map.of("build_prj.tcl", "vitis_build.tcl", "vivado_synth.tcl", "vivado_synth.tcl");
  }

  @Override
  public Map<String, String> texts(Design design) {
    return Map.of("main", "int main(int argc, char *argv[])", "call", design.top(), "return", "return ",
        "files", """
            | `build_prj.tcl` | the flow of Vitis HLS: csim, csynth, cosim, export |
            | `vivado_synth.tcl` | out-of-context synthesis by Vivado |""",
        "run", """
            ## Synthesis

                vitis-run --mode hls --tcl build_prj.tcl
                COSIM=1 EXPORT=1 VSYNTH=1 vitis-run --mode hls --tcl build_prj.tcl

            Reports are under `%s_prj/solution1/syn/report`; `burin report MODEL --backend vitis --reports .` shows them
            beside the estimates.""".formatted(design.top()),
        "part", options.part(), "clock", number(options.clock()), "uncertainty", number(options.uncertainty()));
  }

  private static String number(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
  }
}
