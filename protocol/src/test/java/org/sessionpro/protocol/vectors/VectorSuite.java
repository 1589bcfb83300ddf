package org.sessionpro.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/// The known answers of one file, driven by the file: each top-level section must be registered
/// exactly once, and its cases must add up, so that nothing is skipped silently.
///
/// A case is an element of an array: of the section itself, or of a member of the section when that
/// is an object. A section without any array is one case. Prose has none.
public final class VectorSuite {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String file;
  private final JsonNode root;
  private final Map<String, List<Case>> registered = new LinkedHashMap<>();
  private final Set<String> prose = new LinkedHashSet<>();
  private final List<VectorHome> homes = new ArrayList<>();
  private final AtomicInteger run = new AtomicInteger();
  private final AtomicInteger replaced = new AtomicInteger();
  private final AtomicInteger elsewhere = new AtomicInteger();

  /// Asserts one case.
  @FunctionalInterface
  public interface Check {
    void verify(JsonNode vector) throws Exception;
  }

  /// How a case is accounted for.
  public enum Kind {
    RUN,
    REPLACED,
    ELSEWHERE
  }

  private record Case(Kind kind, JsonNode vector, Check check) {}

  private VectorSuite(String file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /// Reads `vectors/<file>` from the test resources.
  public static VectorSuite of(String file) {
    try (InputStream in = VectorSuite.class.getResourceAsStream("/vectors/" + file)) {
      return new VectorSuite(file, MAPPER.readTree(Objects.requireNonNull(in, file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The whole file, for constants that cases refer to.
  public JsonNode root() {
    return root;
  }

  /// Runs every case of `section` as it stands.
  public VectorSuite run(String section, Check check) {
    cases(section).forEach(vector -> register(section, new Case(Kind.RUN, vector, check)));
    return this;
  }

  /// Runs the cases of an array inside an object section, for sections whose arrays differ in
  /// shape.
  public VectorSuite run(String section, String array, Check check) {
    root.path(section)
        .path(array)
        .forEach(vector -> register(section, new Case(Kind.RUN, vector, check)));
    return this;
  }

  /// Runs those cases of `section` as they stand whose `nameField` is not in `replacedNames`, and
  /// `replacement` for the others (`decisions.md` §8).
  public VectorSuite runReplacing(
      String section,
      String nameField,
      List<String> replacedNames,
      Check check,
      Check replacement) {
    cases(section)
        .forEach(vector -> {
          boolean old = replacedNames.contains(vector.path(nameField).asText());
          register(
              section, new Case(old ? Kind.REPLACED : Kind.RUN, vector, old ? replacement : check));
        });
    return this;
  }

  /// Accounts for each case of `section` as `kind` says; `check` is for those that are run or
  /// replaced.
  public VectorSuite sorted(String section, Function<JsonNode, Kind> kind, Check check) {
    cases(section)
        .forEach(vector -> {
          Kind own = kind.apply(vector);
          register(section, new Case(own, vector, own == Kind.ELSEWHERE ? ignored -> {} : check));
        });
    return this;
  }

  /// Runs the replacement of every case of `section` (`decisions.md` §8).
  public VectorSuite replaced(String section, Check replacement) {
    cases(section)
        .forEach(vector -> register(section, new Case(Kind.REPLACED, vector, replacement)));
    return this;
  }

  /// Names a section whose cases another suite runs, for example the backend's.
  public VectorSuite elsewhere(String section) {
    cases(section)
        .forEach(vector -> register(section, new Case(Kind.ELSEWHERE, vector, ignored -> {})));
    return this;
  }

  /// Names every section that is not named yet as one whose cases other suites run: for a suite
  /// about one part of a file, beside the one that accounts for all of it.
  public VectorSuite restElsewhere() {
    root.fieldNames()
        .forEachRemaining(section -> {
          if (!registered.containsKey(section) && !prose.contains(section)) {
            elsewhere(section);
          }
        });
    return this;
  }

  /// Names a section that holds no cases but text for its reader; a test asserts that this is so.
  public VectorSuite prose(String section) {
    prose.add(section);
    return this;
  }

  /// Makes this the suite that answers for the sections of `home`: a test asserts that each of their
  /// cases is run or replaced here, and that every section of the file has a home.
  public VectorSuite answersFor(VectorHome home) {
    homes.add(home);
    return this;
  }

  /// One dynamic test a case, and a last one that adds up.
  public Stream<DynamicNode> tests() {
    List<DynamicNode> sections = new ArrayList<>();
    prose.forEach(
        section -> sections.add(dynamicTest(section + " is prose", () -> assertProse(section))));
    registered.forEach((section, cases) ->
        sections.add(dynamicContainer(section, cases.stream().map(c -> test(section, c)))));
    homes.forEach(home ->
        sections.add(
            dynamicTest("answers for the sections of " + home.name(), () -> assertHome(home))));
    sections.add(dynamicTest("every case is accounted for", this::assertSum));
    return sections.stream();
  }

  private DynamicNode test(String section, Case one) {
    return dynamicTest(
        title(section, one.vector()) + (one.kind() == Kind.RUN ? "" : " [" + one.kind() + "]"),
        () -> {
          one.check().verify(one.vector());
          counter(one.kind()).incrementAndGet();
        });
  }

  private void assertProse(String section) {
    assertThat(root.path(section)).as(section).isNotEmpty().allMatch(JsonNode::isTextual);
  }

  private void assertSum() {
    List<String> unregistered = new ArrayList<>();
    int[] total = {0};
    root.fieldNames()
        .forEachRemaining(section -> {
          if (prose.contains(section)) {
            return;
          }
          total[0] += cases(section).size();
          if (!registered.containsKey(section) && !cases(section).isEmpty()) {
            unregistered.add(section);
          }
        });
    System.out.printf(
        "%s: %d cases = %d run + %d replaced + %d run elsewhere%n",
        file, total[0], run.get(), replaced.get(), elsewhere.get());
    assertThat(unregistered).as("sections of %s without a check", file).isEmpty();
    assertThat(run.get() + replaced.get() + elsewhere.get())
        .as("cases of %s that passed", file)
        .isEqualTo(total[0]);
  }

  private void assertHome(VectorHome home) {
    assertThat(home.file()).isEqualTo(file);
    for (String section : home.sections()) {
      assertThat(registered.getOrDefault(section, List.of()))
          .as(section)
          .hasSameSizeAs(cases(section))
          .isNotEmpty()
          .noneMatch(one -> one.kind() == Kind.ELSEWHERE);
    }
    Set<String> sections = new TreeSet<>();
    root.fieldNames().forEachRemaining(sections::add);
    sections.removeAll(prose);
    sections.removeIf(section -> cases(section).isEmpty());
    assertThat(VectorHome.homeless(file, sections)).as("sections that no suite runs").isEmpty();
  }

  private AtomicInteger counter(Kind kind) {
    return switch (kind) {
      case RUN -> run;
      case REPLACED -> replaced;
      case ELSEWHERE -> elsewhere;
    };
  }

  private void register(String section, Case one) {
    registered.computeIfAbsent(section, ignored -> new ArrayList<>()).add(one);
  }

  private List<JsonNode> cases(String section) {
    JsonNode node = root.path(section);
    List<JsonNode> cases = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(cases::add);
    } else if (node.isObject()) {
      node.forEach(member -> {
        if (member.isArray()) {
          member.forEach(cases::add);
        }
      });
      if (cases.isEmpty()) {
        cases.add(node);
      }
    }
    return cases;
  }

  private static String title(String section, JsonNode vector) {
    for (String field : List.of("name", "id", "why", "endpoint")) {
      if (vector.hasNonNull(field)) {
        return vector.get(field).asText();
      }
    }
    String text = vector.toString();
    return section + " " + text.substring(0, Math.min(60, text.length()));
  }
}
