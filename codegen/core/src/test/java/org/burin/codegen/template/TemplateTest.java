package org.burin.codegen.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {
  @Test
  void signsOfOtherLanguagesStayAsTheyAre() {
    String text = """
        #include <ap_fixed.h>
        #define WIDTH «width»
        assign y = $signed(x); // ##
        set part $::env(PART) ;# $part
        """;
    assertThat(Template.merge("t", text, Map.of("width", 8))).isEqualTo(text.replace("«width»", "8"));
  }

  @Test
  void directivesLeaveNoLines() {
    String text = """
        begin
        §foreach(«name» in «names»)
          use «name»;
        §end
        §if(«last»)
        end
        §end
        """;
    assertThat(Template.merge("t", text, Map.of("names", List.of("a", "b"), "last", true)))
        .isEqualTo("begin\n  use a;\n  use b;\nend\n");
  }

  @Test
  void aReferenceToNothingIsAnErrorWithItsPlace() {
    assertThatIllegalArgumentException().isThrownBy(() -> Template.merge("build.tcl", "a\n«part»", Map.of()))
        .withMessageStartingWith("template build.tcl: ")
        .withMessageContaining("part")
        .withMessageContaining("line 2");
  }
}
