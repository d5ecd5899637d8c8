package org.burin.codegen.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CodeWriterTest {
  @Test
  void blocksIndentWhatIsBetween() {
    CodeWriter w = new CodeWriter("  ");
    w.block("module net (", () -> w.line("input a,\noutput b"), ");").line();
    w.indented(() -> w.line("assign b = a;  \n\n// done\n"));
    assertThat(w).hasToString("""
        module net (
          input a,
          output b
        );

          assign b = a;

          // done
        """);
  }

  @Test
  void anEmptyLineHoldsNoBlanks() {
    CodeWriter w = new CodeWriter("\t");
    w.indented(() -> w.line("").line("a"));
    assertThat(w).hasToString("\n\ta\n");
  }
}
