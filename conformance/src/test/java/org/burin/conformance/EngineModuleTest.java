package org.burin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.numbers.arrays.Selection;
import org.apache.commons.numbers.core.Sum;
import org.burin.codegen.tool.Tool;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an application takes on with the engine: its size, its dependencies, and a module that `jlink` accepts.
final class EngineModuleTest {
  private static final String ENGINE = "org.burin.engine";
  /// Bytes of the jar: 1 MiB.
  private static final int LIMIT = 1 << 20;

  @TempDir private Path temp;
  private Path engine;

  @BeforeEach
  void findEngine() throws URISyntaxException {
    engine = location(Shape.class);
  }

  @Test
  void theEngineIsSmallAndHasClassesOnly() throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    if (Files.isDirectory(engine)) {
      try (ZipOutputStream zip = new ZipOutputStream(jar); Stream<Path> files = Files.walk(engine)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          zip.putNextEntry(new ZipEntry(engine.relativize(file).toString()));
          Files.copy(file, zip);
          assertThat(file.toString()).endsWith(".class");
        }
      }
    } else {
      jar.write(Files.readAllBytes(engine));
    }
    assertThat(jar.size()).isLessThan(LIMIT);
  }

  @Test
  void theEngineNeedsCommonsNumbersAndFastCsvOnly() {
    ModuleDescriptor module = ModuleFinder.of(engine).find(ENGINE).orElseThrow().descriptor();
    assertThat(module.requires())
        .filteredOn(r -> !r.modifiers().contains(Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder(
            "java.base", "de.siegmar.fastcsv", "org.apache.commons.numbers.arrays", "org.apache.commons.numbers.core");
  }

  @Test
  void anImageOfTheEngineAndAnApplicationTrainsAModel() throws IOException, URISyntaxException {
    Path application = compileApplication();
    Path image = temp.resolve("image");
    String path = modulePath() + File.pathSeparator + application;
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code = ToolProvider.findFirst("jlink").orElseThrow().run(out, out,
        "--module-path", path, "--add-modules", "app", "--output", image.toString(), "--strip-debug");
    assertThat(code).as(said.toString()).isZero();
    Tool java = new Tool("java", image.resolve("bin").resolve("java"));
    assertThat(java.run(temp, Duration.ofMinutes(2), "--list-modules").out().lines().map(m -> m.replaceAll("@.*", "")))
        .containsExactlyInAnyOrder("app", "java.base", "de.siegmar.fastcsv", "org.apache.commons.numbers.arrays",
            "org.apache.commons.numbers.core", ENGINE);
    assertThat(java.run(temp, Duration.ofMinutes(2), "-m", "app/app.Main").out()).isEqualTo("[1,1]\n");
  }

  private Path compileApplication() throws IOException, URISyntaxException {
    Path source = Files.createDirectories(temp.resolve("source/app"));
    Files.writeString(source.resolveSibling("module-info.java"), "module app { requires org.burin.engine; }");
    Files.writeString(source.resolve("Main.java"), """
        package app;

        import org.burin.data.Dataset;
        import org.burin.nn.Dense;
        import org.burin.nn.Model;
        import org.burin.tensor.Shape;
        import org.burin.tensor.Tensor;
        import org.burin.train.Loss;
        import org.burin.train.Trainer;

        public class Main {
          public static void main(String[] args) {
            Model model = Model.sequential("net", 1, Shape.of(2), Dense.of(1));
            Trainer.of(model).withLoss(Loss.meanSquaredError()).withEpochs(1)
                .fit(Dataset.of(Tensor.zeros(Shape.of(8, 2)), Tensor.zeros(Shape.of(8, 1))));
            System.out.println(model.predict(Tensor.zeros(Shape.of(1, 2))).shape());
          }
        }
        """);
    Path classes = temp.resolve("app");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code = ToolProvider.findFirst("javac").orElseThrow().run(out, out, "-proc:none", "--module-path", modulePath(),
        "-d", classes.toString(), source.resolve("Main.java").toString(),
        source.resolveSibling("module-info.java").toString());
    assertThat(code).as(said.toString()).isZero();
    return classes;
  }

  private String modulePath() throws URISyntaxException {
    List<Path> modules = List.of(engine, location(CsvReader.class),
        location(Sum.class), location(Selection.class));
    return modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
