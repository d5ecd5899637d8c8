package org.burin.codegen.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.burin.codegen.spi.EchoBackend.Options;
import org.burin.codegen.spi.EchoBackend.Style;
import org.junit.jupiter.api.Test;

final class EmitOptionsTest {
  private static final Options DEFAULTS = new EchoBackend().defaults();

  @Test
  void whatNobodyAskedForKeepsItsDefault() {
    assertThat(EmitOptions.read("echo", DEFAULTS, List.of())).isEqualTo(DEFAULTS);
  }

  @Test
  void everyTypeIsReadFromText() {
    assertThat(EmitOptions.read(
            "echo",
            DEFAULTS,
            List.of("greeting=a=b", "repeat-count=2", "scale=0.25", "loud=true", "line-style=long-lines", "seed=-1")))
        .isEqualTo(new Options("a=b", 2, 0.25, true, Style.LONG_LINES, -1));
  }

  @Test
  void allProblemsAreListedWithTheValidOptions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmitOptions.read(
            "echo",
            DEFAULTS,
            List.of(
                "greting=x", "repeat-count=many", "loud=yes", "line-style=LONG_LINES", "seed=1", "seed=2", "scale")))
        .withMessage("""
            options of backend 'echo':
              unknown option 'greting'
              'seed' comes more than once
              expected key=value, found 'scale'
              'repeat-count' needs a whole number, found 'many'
              'loud' needs true|false, found 'yes'
              'line-style' needs short-lines|long-lines, found 'LONG_LINES'
            valid options:
              greeting=a text: what is printed
              repeat-count=a whole number (default 1): how often
              scale=a number (default 0.5)
              loud=true|false (default false)
              line-style=short-lines|long-lines (default short-lines): the layout
              seed=a whole number (default 7)""");
  }

  @Test
  void whatTheRecordRefusesIsAProblemToo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmitOptions.read("echo", DEFAULTS, List.of("repeat-count=-1")))
        .withMessageStartingWith("""
            options of backend 'echo':
              'repeat-count' needs 0 or more, found -1
            valid options:
            """);
  }
}
