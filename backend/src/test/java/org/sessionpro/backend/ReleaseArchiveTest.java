package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// How files are packed into a release: the same whatever the umask of whoever builds it.
class ReleaseArchiveTest {
  private static final String DEPLOY = "${project.basedir}/../deploy";

  private List<Element> fileSets = List.of();
  private List<Element> files = List.of();

  @BeforeEach
  void read() throws Exception {
    Element archive =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Handbook.PROJECT.resolve("release/src/assembly/archive.xml").toFile())
            .getDocumentElement();
    fileSets = all(archive, "fileSet");
    files = all(archive, "file");
  }

  private static List<Element> all(Element within, String name) {
    NodeList found = within.getElementsByTagName(name);
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      all.add((Element) found.item(i));
    }
    return all;
  }

  private static List<String> texts(Element within, String name) {
    return all(within, name).stream().map(Element::getTextContent).toList();
  }

  @Test
  void everythingHasAModeOfItsOwn() {
    assertThat(fileSets)
        .isNotEmpty()
        .allSatisfy(set -> {
          assertThat(texts(set, "fileMode")).hasSize(1);
          assertThat(texts(set, "directoryMode")).containsExactly("0755");
        });
    assertThat(files)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(texts(file, "fileMode")).hasSize(1));
  }

  private static boolean isAnyOf(List<String> patterns, Path file) {
    return patterns.stream()
        .anyMatch(
            pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(file));
  }

  private static boolean takes(Element set, Path file) {
    List<String> included = texts(set, "include");
    return (included.isEmpty() || isAnyOf(included, file)) && !isAnyOf(texts(set, "exclude"), file);
  }

  @Test
  void whatIsRunCanBeRunAndEverythingCanBeRead() throws IOException {
    Path folder = Handbook.PROJECT.resolve("deploy");
    List<Path> deployed;
    try (Stream<Path> all = Files.walk(folder)) {
      deployed = all.filter(Files::isRegularFile).toList();
    }

    assertThat(deployed)
        .isNotEmpty()
        .allSatisfy(file -> {
          List<String> modes =
              fileSets.stream()
                  .filter(set -> texts(set, "directory").contains(DEPLOY))
                  .filter(set -> takes(set, folder.relativize(file)))
                  .flatMap(set -> texts(set, "fileMode").stream())
                  .toList();
          assertThat(modes).containsExactly(Files.isExecutable(file) ? "0755" : "0644");
        });
  }
}
