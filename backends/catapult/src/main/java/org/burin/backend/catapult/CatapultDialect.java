package org.burin.backend.catapult;

import java.util.List;
import java.util.Locale;
import org.burin.backend.hls.Design;
import org.burin.backend.hls.Dialect;
import org.burin.codegen.spi.Artifact;
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
  public void scripts(Design design, Artifact.Builder files) {
    files.text("library.txt", options.technology() + "\n");
  }
}
