package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.RefusedException;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedType;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class JvmBackendTest {
  private static Program program(FixedGraph graph, String summary) {
    return new Program.Fixed(new Program.About(graph.name(), summary, Map.of()), graph);
  }

  private static Artifact emit(Program program, String... settings) {
    Backend<JvmOptions> backend = new JvmBackend();
    return Emitter.of(backend, List.of(settings)).emit(program);
  }

  @Test
  void filesAreAMavenProject() {
    Artifact artifact = emit(program(InferenceTest.perceptron(0.2), "dense_0  16 -> 64 */ <b>@\n"));
    assertThat(artifact.files().keySet()).containsExactly("pom.xml", "src/main/java/model/Jets.java");
    assertThat(artifact.file("pom.xml").text())
        .contains("<maven.compiler.release>17</maven.compiler.release>", "<artifactId>jets</artifactId>");
    assertThat(artifact.file("src/main/java/model/Jets.java").text())
        .contains("dense_0  16 -&gt; 64 *&#47; &lt;b&gt;&#64;")
        .contains("input 'x' [N,16]: fixed&lt;8,3,rnd_conv,sat&gt;");
  }

  @Test
  void theFolderBuildsAloneForJava17(@TempDir Path folder) throws Exception {
    ArtifactWriter.write(folder, emit(program(InferenceTest.perceptron(1), "")), false);
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int result = ToolProvider.findFirst("javac").orElseThrow().run(out, out, "--release", "17", "-proc:none",
        "-Xlint:all,-options", "-Werror", "-cp", "", "-d", folder.resolve("classes").toString(),
        folder.resolve("src/main/java/model/Jets.java").toString());
    assertThat(result).as(said.toString()).isZero();
    Element project = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(folder.resolve("pom.xml").toFile()).getDocumentElement();
    assertThat(project.getElementsByTagName("groupId").item(0).getTextContent()).isEqualTo("model");
    assertThat(project.getElementsByTagName("artifactId").item(0).getTextContent()).isEqualTo("jets");
    assertThat(project.getElementsByTagName("dependency").getLength()).isZero();
  }

  @Test
  void optionsNameTheClass() {
    String source = emit(program(InferenceTest.perceptron(0.2), ""), "package-name=org.example.net", "class-name=Tagger")
        .file("src/main/java/org/example/net/Tagger.java").text();
    assertThat(source).startsWith("package org.example.net;").contains("public final class Tagger {");
  }

  @Test
  void namesAreChecked() {
    assertThatThrownBy(() -> emit(program(InferenceTest.perceptron(0.2), ""), "class-name=a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a Java class name such as Jets, found 'a b'");
  }

  @Test
  void outputIsTheSameEveryTime() {
    Program program = program(InferenceTest.perceptron(0.5), "");
    assertThat(emit(program)).isEqualTo(emit(program));
  }

  @Test
  void mixingSamplesIsRefused() {
    FixedGraphBuilder b = new FixedGraphBuilder("sum");
    b.output("y", b.sum(b.input("x", Shape.of(8, 3), FixedType.parse("fixed<4,2>")), false, 0));
    assertThat(emit(program(b.build(), "")).files()).hasSize(2);
    FixedGraphBuilder c = new FixedGraphBuilder("turned");
    c.output("y", c.transpose(c.input("x", Shape.of(Shape.BATCH, 3), FixedType.parse("fixed<4,2>")), 1, 0));
    assertThatThrownBy(() -> emit(program(c.build(), ""))).isInstanceOf(RefusedException.class)
        .hasMessageContaining("shape [3,N]; keep the samples along the first axis");
  }
}
