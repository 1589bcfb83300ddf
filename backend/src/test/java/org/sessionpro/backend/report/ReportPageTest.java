package org.sessionpro.backend.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final Instant NOW = Instant.parse("2026-11-27T02:50:00Z");
  private static final String PAGE =
      ReportPage.html(Reports.of(Timetable.around(Cadence.MONTHLY, 3, 1, NOW)));

  private static List<Element> drawings() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    List<String> drawings =
        Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
            .matcher(PAGE)
            .results()
            .map(MatchResult::group)
            .toList();
    List<Element> parsed = new ArrayList<>();
    for (String drawing : drawings) {
      parsed.add(
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(drawing)))
              .getDocumentElement());
    }
    return parsed;
  }

  @Test
  void thePageNeedsNothingElse() {
    assertThat(PAGE)
        .doesNotContainIgnoringCase("<script", "http:", "https:", "src=", "href=", "@import");
  }

  @Test
  void everyDrawingIsWellFormedAndSaysWhatItShows() throws Exception {
    assertThat(drawings())
        .hasSize(6)
        .allSatisfy(svg -> {
          assertThat(svg.getAttribute("role")).isEqualTo("img");
          assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotEmpty();
          assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
              .contains("4 periods from 2026-09 to 2026-12");
        });
  }

  @Test
  void aPeriodThatRunsIsHatchedAndOneToComeIsDashed() throws Exception {
    NodeList bars = drawings().getFirst().getElementsByTagName("rect");
    List<String> looks =
        IntStream.range(0, bars.getLength())
            .mapToObj(i -> (Element) bars.item(i))
            .map(bar -> bar.getAttribute("class") + bar.getAttribute("fill"))
            .filter(look -> !look.equals("under"))
            .toList();

    assertThat(looks).containsExactly("bar s0", "bar s0", "url(#plot-active-h0)", "bar coming s0");
  }

  @Test
  void everyNumberStandsInATable() {
    assertThat(PAGE)
        .contains(
            "<tr class=\"running\"><th scope=\"row\">2026-11 <small>not over</small></th><td>2\u202f000</td>")
        .contains(
            "<tr class=\"coming\"><th scope=\"row\">2026-12 <small>to come</small></th><td>1\u202f000</td>");
  }

  @Test
  void everyColumnIsExplained() {
    assertThat(Column.ALL)
        .allSatisfy(column ->
            assertThat(PAGE)
                .contains(
                    "<dt>" + column.title() + "</dt><dd>" + column.figure().meaning() + "</dd>"));
  }

  @Test
  void textIsNeverMarkup() {
    assertThat(Markup.escaped("<a href=\"&\">")).isEqualTo("&lt;a href=&quot;&amp;&quot;&gt;");
  }
}
