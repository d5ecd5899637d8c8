package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.burin.codegen.tool.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in docs/embedding.md does what the page says.
final class EmbeddingTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "embedding.md");
  private static final int LONGEST = 40;

  @TempDir private Path temp;

  @Test
  void theProgramIsShortAndPrintsTheSameNumberTwice() throws IOException {
    Matcher code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertThat(code.find()).isTrue();
    assertThat(code.group(1).lines().filter(line -> !line.startsWith("import "))).hasSizeLessThan(LONGEST);
    Path source = Files.writeString(temp.resolve("Embedding.java"), code.group(1));
    String classPath = System.getProperty("java.class.path");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int result = ToolProvider.findFirst("javac").orElseThrow()
        .run(out, out, "-proc:none", "-Xlint:all,-path", "-Werror", "-cp", classPath, "-d", temp.toString(), source.toString());
    assertThat(result).as(said.toString()).isZero();
    Tool java = new Tool("java", Path.of(System.getProperty("java.home"), "bin", "java"));
    String printed = java.run(temp, Duration.ofMinutes(2), "-cp", classPath + File.pathSeparator + temp, "Embedding")
        .out();
    Matcher numbers = Pattern.compile("(\\S+) is (\\S+)\n").matcher(printed);
    assertThat(numbers.matches()).as(printed).isTrue();
    assertThat(numbers.group(1)).isEqualTo(numbers.group(2));
    assertThat(Double.parseDouble(numbers.group(1))).as("0 xor 1, learned").isGreaterThan(0.5);
  }
}
