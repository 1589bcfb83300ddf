package org.sessionpro.backend.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of an INI file as the earlier servers read it, without their surprises: every value is on
/// one line and means what it says.
///
/// | line | meaning |
/// |---|---|
/// | `[section]` | what follows belongs to it; each section once |
/// | `key = value`, `key: value` | the first `=` or `:` counts; each key once in its section, in any case; nothing is replaced in a value |
/// | `# text`, `; text`, nothing | a comment; none stands behind a value |
///
/// @param sections in their order
/// @param faults what does not follow these rules
record IniDocument(List<Section> sections, List<Fault> faults) {
  private static final String COMMENTS = "#;";

  /// One section.
  ///
  /// @param name without brackets
  /// @param line of its brackets, from 1
  record Section(String name, int line, List<Entry> entries) {}

  /// One value.
  ///
  /// @param key as it is written
  /// @param line from 1
  record Entry(String key, String value, int line) {
    /// The key as it is compared.
    String name() {
      return key.toLowerCase(Locale.ROOT);
    }
  }

  /// A line that cannot be read.
  ///
  /// @param line from 1
  /// @param what the line is called
  /// @param expected of it, beginning with `must`; never the value
  record Fault(int line, String what, String expected) {}

  IniDocument {
    sections = List.copyOf(sections);
    faults = List.copyOf(faults);
  }

  static IniDocument parse(String text) {
    Parser parser = new Parser();
    text.lines().forEach(parser::line);
    return new IniDocument(parser.sections, parser.faults);
  }

  private static final class Parser {
    private static final String THIS_LINE = "the line";

    private final List<Section> sections = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Integer> sectionLines = new HashMap<>();
    private final Map<String, Integer> keyLines = new HashMap<>();
    private int number;
    private @Nullable Section section;

    /// How far the key of the last value is from the margin: what stands further in went on with its
    /// value where earlier servers read it.
    private int keyIndent = Integer.MAX_VALUE;

    void line(String raw) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || COMMENTS.indexOf(line.charAt(0)) >= 0) {
        return;
      }
      int indent = raw.indexOf(line.charAt(0));
      if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
        fault(THIS_LINE, "must hold no control characters");
      } else if (indent > keyIndent) {
        fault(THIS_LINE, "must not be further in than the line before: a value stands on one line");
      } else if (line.startsWith("[")) {
        section(line);
      } else {
        entry(line, indent);
      }
    }

    private void section(String line) {
      keyIndent = Integer.MAX_VALUE;
      keyLines.clear();
      String name = line.substring(1, Math.max(line.length() - 1, 1)).strip();
      if (!line.endsWith("]") || name.isEmpty() || name.contains("[") || name.contains("]")) {
        fault(THIS_LINE, "must be a section's name in brackets, and nothing else");
        name = "";
      }
      Integer before = name.isEmpty() ? null : sectionLines.putIfAbsent(name, number);
      if (before != null) {
        fault("[" + name + "]", "must begin once only: it does in line " + before);
      }
      Section begun = new Section(name, number, new ArrayList<>());
      section = begun;
      if (!name.isEmpty() && before == null) {
        sections.add(begun);
      }
    }

    private void entry(String line, int indent) {
      keyIndent = indent;
      int separator = separator(line);
      Section current = section;
      if (separator < 1) {
        fault(THIS_LINE, "must be [section], key = value, or a comment that begins with # or ;");
      } else if (current == null) {
        fault(THIS_LINE, "must stand in a section, such as [base]");
      } else {
        Entry entry =
            new Entry(
                line.substring(0, separator).strip(),
                line.substring(separator + 1).strip(),
                number);
        Integer before = keyLines.putIfAbsent(entry.name(), number);
        if (before == null) {
          current.entries().add(entry);
        } else {
          fault(
              "[" + current.name() + "] " + entry.name(),
              "must be set once only: it is in line " + before);
        }
      }
    }

    private static int separator(String line) {
      int equals = line.indexOf('=');
      int colon = line.indexOf(':');
      return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
    }

    private void fault(String what, String expected) {
      faults.add(new Fault(number, what, expected));
    }
  }
}
