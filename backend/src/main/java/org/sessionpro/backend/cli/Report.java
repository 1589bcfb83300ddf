package org.sessionpro.backend.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;

/// What a command has found out: named values and tables in a fixed order, rendered either for people
/// or as one JSON object whose members keep that order.
///
/// Names are JSON names in snake case and appear to people as words: `public_key` as `Public key`.
/// Instants are called `…_ts` and are UNIX seconds in JSON, spans `…_duration` in seconds, as in
/// `wire-v1.md` §2.
public final class Report {
  /// Of a table that is cut: what is left of the longest word of a heading, or of a digest.
  private static final int NARROWEST_COLUMN = 6;

  /// Of a table that goes on below: what an instant takes.
  private static final int EASY_COLUMN = 20;

  private final List<Field> fields;

  private Report(List<Field> fields) {
    this.fields = fields;
  }

  private record Field(String name, Value value) {}

  private sealed interface Value {
    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}

    record Flag(boolean value) implements Value {}

    /// @param now what people see the distance to; null for none
    record Moment(Instant at, @Nullable Instant now) implements Value {}

    record Span(Duration length) implements Value {}

    record Absent() implements Value {}

    record Rows(List<Report> rows) implements Value {}
  }

  /// A report that says nothing yet.
  public static Report empty() {
    return new Report(List.of());
  }

  public Report text(String name, String text) {
    return with(name, new Value.Text(text));
  }

  public Report number(String name, long number) {
    return with(name, new Value.Whole(number));
  }

  public Report flag(String name, boolean value) {
    return with(name, new Value.Flag(value));
  }

  /// An instant.
  ///
  /// @param name ends in `_ts`
  /// @param at null is [#absent]
  public Report moment(String name, @Nullable Instant at) {
    return at == null ? absent(name) : with(name, new Value.Moment(at, null));
  }

  /// An instant, of which people also see how far it is from `now`.
  ///
  /// @param name ends in `_ts`
  /// @param at null is [#absent]
  public Report moment(String name, @Nullable Instant at, Instant now) {
    return at == null ? absent(name) : with(name, new Value.Moment(at, now));
  }

  /// A span of time.
  ///
  /// @param name ends in `_duration`
  /// @param length null is [#absent]
  public Report span(String name, @Nullable Duration length) {
    return length == null ? absent(name) : with(name, new Value.Span(length));
  }

  /// `null` in JSON, a dash for people.
  public Report absent(String name) {
    return with(name, new Value.Absent());
  }

  /// A table: one report a row, all with the same names.
  public Report rows(String name, List<Report> rows) {
    return with(name, new Value.Rows(List.copyOf(rows)));
  }

  private Report with(String name, Value value) {
    List<Field> extended = new ArrayList<>(fields);
    extended.add(new Field(name, value));
    return new Report(extended);
  }

  /// One JSON object on one line, without line end.
  byte[] json() {
    return JsonWriter.object(this::writeMembers);
  }

  private void writeMembers(JsonWriter json) {
    for (Field field : fields) {
      switch (field.value()) {
        case Value.Text(String text) -> json.text(field.name(), text);
        case Value.Whole(long number) -> json.integer(field.name(), number);
        case Value.Flag(boolean value) -> json.bool(field.name(), value);
        case Value.Moment(Instant at, Instant _) -> json.integer(field.name(), at.getEpochSecond());
        case Value.Span(Duration length) -> json.integer(field.name(), length.toSeconds());
        case Value.Absent() -> json.nullValue(field.name());
        case Value.Rows(List<Report> rows) ->
            json.objects(field.name(), rows, (item, row) -> row.writeMembers(item));
      }
    }
  }

  /// Lines for people, each with its line end: `label  value` in two columns, tables below.
  String lines() {
    return lines(Integer.MAX_VALUE);
  }

  /// As above, with tables no wider than `columns` as far as that is possible: the longest cells are
  /// cut, and a table of too many columns goes on below.
  String lines(int columns) {
    StringBuilder text = new StringBuilder();
    int width =
        fields.stream()
            .filter(field -> !(field.value() instanceof Value.Rows))
            .mapToInt(field -> label(field.name()).length())
            .max()
            .orElse(0);
    for (Field field : fields) {
      if (field.value() instanceof Value.Rows(List<Report> rows)) {
        appendTable(text, label(field.name()), rows, columns);
      } else {
        text.append(padded(label(field.name()), width)).append("  ").append(shown(field.value()));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void appendTable(
      StringBuilder text, String title, List<Report> rows, int columns) {
    text.append(text.isEmpty() ? "" : "\n")
        .append(title)
        .append(": ")
        .append(rows.size())
        .append('\n');
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> row.fields.forEach(field -> names.add(field.name())));
    List<List<String>> lines = new ArrayList<>();
    lines.add(names.stream().map(Report::label).toList());
    rows.forEach(row -> lines.add(names.stream().map(row::cell).toList()));
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = new int[names.size()];
    lines.forEach(line -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    });
    for (List<Integer> beside : groups(widths, columns)) {
      appendColumns(text, lines, beside, widths, columns);
    }
  }

  private static void appendColumns(
      StringBuilder text,
      List<List<String>> lines,
      List<Integer> beside,
      int[] naturally,
      int columns) {
    int[] widths = beside.stream().mapToInt(column -> naturally[column]).toArray();
    fit(widths, columns);
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        cells.append("  ").append(padded(cut(line.get(beside.get(i)), widths[i]), widths[i]));
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
  }

  /// Which columns stand beside each other: all, if they fit when they are as narrow as can be. If not,
  /// the table goes on below, each time with the first column again.
  private static List<List<Integer>> groups(int[] widths, int columns) {
    long narrowest = IntStream.of(widths).mapToLong(width -> room(width, NARROWEST_COLUMN)).sum();
    long most = narrowest <= columns ? Long.MAX_VALUE : columns;
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> group = new ArrayList<>(List.of(0));
    long taken = room(widths[0], EASY_COLUMN);
    for (int column = 1; column < widths.length; column++) {
      long room = room(widths[column], EASY_COLUMN);
      if (group.size() > 1 && taken + room > most) {
        groups.add(group);
        group = new ArrayList<>(List.of(0));
        taken = room(widths[0], EASY_COLUMN);
      }
      group.add(column);
      taken += room;
    }
    groups.add(group);
    return groups;
  }

  private static long room(int width, int most) {
    return Math.min(width, most) + 2L;
  }

  /// Makes the widest columns narrower until the table fits, or none can be narrower.
  private static void fit(int[] widths, int columns) {
    long total = IntStream.of(widths).asLongStream().sum() + 2L * widths.length;
    while (total > columns) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST_COLUMN) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private String cell(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(field -> shown(field.value()))
        .findFirst()
        .orElse("");
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text.isEmpty() ? "-" : text;
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Flag(boolean flag) -> flag ? "yes" : "no";
      case Value.Moment(Instant at, Instant now) ->
          TimeText.of(at) + (now == null ? "" : " (" + TimeText.distance(at, now) + ")");
      case Value.Span(Duration length) -> TimeText.of(length);
      case Value.Absent() -> "-";
      case Value.Rows(List<Report> rows) -> Integer.toString(rows.size());
    };
  }

  private static String label(String name) {
    String words = name.replaceFirst("_(ts|duration)$", "").replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
