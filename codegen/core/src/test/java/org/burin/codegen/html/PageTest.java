package org.burin.codegen.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.burin.codegen.html.Svg.Anchor;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class PageTest {
  private static Page page() {
    Svg drawing = new Svg("a \"wafer\" & more", 10, 10)
        .polygon(new double[] {0, 0, 5, 0, 5, 5}, "heat3", "cell 7 <b>")
        .text(1.005, 2.5, Anchor.END, "a < b");
    return new Page("EMD & MSE <1>")
        .section("Results")
        .text("x < y & \"z\"")
        .add(new Table("rows", List.of("loss", "median"), List.of(List.of("<emd>", "0.91"))))
        .add(Figure.of("a & b", drawing));
  }

  @Test
  void textIsShownAsItIs() {
    assertThat(page().html())
        .contains("<h1>EMD &amp; MSE &lt;1&gt;</h1>")
        .contains("<p>x &lt; y &amp; &quot;z&quot;</p>")
        .contains("<td>&lt;emd&gt;</td>")
        .contains("<title>cell 7 &lt;b&gt;</title>")
        .contains("x=\"1\" y=\"2.5\">a &lt; b</text>");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(page().html()).doesNotContain("http:").doesNotContain("https:").doesNotContain("<script")
        .doesNotContain("@import").doesNotContain("url(");
  }

  @Test
  void everyElementIsClosed() throws Exception {
    String html = page().html();
    String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)))
        .getDocumentElement().getTagName()).isEqualTo("body");
  }

  @Test
  void everyColourThatADrawingNamesIsThere() {
    assertThat(page().html()).contains("svg .f-heat9 { fill: var(--heat9); }").contains("--heat9:")
        .contains("svg .s-series5 { stroke: var(--series5); stroke-width: 1.8; }").contains("--series5:");
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table("sizes", List.of("a", "b"), List.of(List.of("1"))))
        .withMessage("table 'sizes' has 2 columns [a, b], found a row with 1 cells [1]");
  }
}
