package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pages for people hold together.
class DocumentsTest {
  private static final Path DOCS = Handbook.PROJECT.resolve("docs");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.isRegularFile(target)
            || (parts.length > 1 && !anchors(target).contains(parts[1]))) {
          broken.add(Handbook.PROJECT.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDecisionIsInTheIndexOnce() throws IOException {
    List<String> listed =
        links(DOCS.resolve("decisions/README.md")).stream()
            .filter(link -> !link.startsWith(".."))
            .toList();

    try (Stream<Path> all = Files.list(DOCS.resolve("decisions"))) {
      assertThat(listed)
          .containsExactlyInAnyOrderElementsOf(
              all.map(page -> page.getFileName().toString())
                  .filter(name -> !name.equals("README.md"))
                  .toList());
    }
  }

  @Test
  void everyDecisionSaysWhyWhatAndWhatFollows() throws IOException {
    for (Path page : pages()) {
      if (page.startsWith(DOCS.resolve("decisions")) && !page.endsWith("README.md")) {
        assertThat(headings(page))
            .as("%s", page)
            .hasSize(4)
            .endsWith("Context", "Decision", "Consequences");
      }
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> all = Files.walk(DOCS)) {
      return Stream.concat(
              Stream.of(Handbook.PROJECT.resolve("README.md")),
              all.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  private static List<String> links(Path page) throws IOException {
    return LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains("://"))
        .toList();
  }

  private static List<String> headings(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page).replaceAll("(?ms)^```.*?^```$", ""))
        .results()
        .map((MatchResult heading) -> heading.group(1))
        .toList();
  }

  /// As those who show pages make them of headings.
  private static List<String> anchors(Path page) throws IOException {
    return headings(page).stream()
        .map(heading ->
            heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
