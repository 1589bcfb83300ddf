package org.sessionpro.backend.http.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.backend.telemetry.Metric.Kind;

/// Reads the part of PromQL that dashboards and alert rules here are written in, and refuses what
/// Prometheus would take and what would show nonsense: a counter that is not turned into a rate, the
/// rate of a gauge, a quantile of what are no buckets, a label that the operand does not have.
final class PromQl {
  /// What a number is of.
  enum Quantity {
    COUNT,
    PER_SECOND,
    PER_MINUTE,
    SECONDS,
    BYTES,
    SHARE,
    INSTANT,
    /// Any of them: a constant.
    ANY
  }

  /// What a series is that an expression gives.
  ///
  /// @param cumulative it grows for ever, as a counter does
  /// @param range it is a stretch of time, and no number yet
  /// @param buckets they have to be made a quantile of
  record Series(
      Quantity quantity, Set<String> labels, boolean cumulative, boolean range, boolean buckets) {
    static Series constant() {
      return new Series(Quantity.ANY, Set.of(), false, false, false);
    }

    Series of(Quantity other) {
      return new Series(other, labels, false, false, buckets);
    }

    Series by(Set<String> others) {
      return new Series(quantity, others, cumulative, range, buckets);
    }

    boolean isConstant() {
      return quantity == Quantity.ANY;
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*([a-zA-Z_][a-zA-Z0-9_]*|[0-9]+(?:\\.[0-9]+)?|\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*]"
              + "|==|!=|>=|<=|=~|!~|[-+*/(){},=<>])");

  private static final Pattern RANGE =
      Pattern.compile("\\[(?:[1-9][0-9]*[smhd]|\\$__rate_interval|\\$__range)]");

  private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count");

  private static final Set<String> COMPARISONS = Set.of("==", "!=", ">", "<", ">=", "<=");

  /// What takes a stretch of time; whether it has to be of a counter.
  private static final Map<String, Boolean> OVER_TIME =
      Map.of(
          "rate", true,
          "increase", true,
          "changes", false,
          "max_over_time", false,
          "min_over_time", false);

  private static final double SECONDS_A_MINUTE = 60;

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private PromQl(String text) {
    this.text = text;
    String whole = text.strip();
    Matcher matcher = TOKEN.matcher(whole);
    int end = 0;
    while (end < whole.length() && matcher.region(end, whole.length()).lookingAt()) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    require(end == whole.length(), "cannot be read to its end");
  }

  /// What an expression gives.
  ///
  /// @throws IllegalArgumentException if it is none, or one that makes no sense
  static Series of(String expression) {
    PromQl parser = new PromQl(expression);
    Series series = parser.either();
    parser.require(parser.at == parser.tokens.size(), "goes on behind its end");
    return parser.shown(series);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      String where = at < tokens.size() ? " at '" + tokens.get(at) + "'" : "";
      throw new IllegalArgumentException(otherwise + where + ": " + text);
    }
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String next() {
    require(at < tokens.size(), "ends too soon");
    return tokens.get(at++);
  }

  private boolean skip(String token) {
    boolean there = peek().equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    require(skip(token), "has no " + token);
  }

  /// What may be shown or compared.
  private Series shown(Series series) {
    require(!series.range(), "is a stretch of time");
    require(!series.cumulative(), "is a counter, which tells nothing as it is");
    require(!series.buckets(), "is of buckets, which are for a quantile");
    return series;
  }

  private Series either() {
    Series left = both();
    while (skip("or")) {
      on();
      Series right = shown(both());
      shown(left);
      require(
          !right.isConstant() || left.labels().isEmpty(),
          "falls back on a constant beside series with labels, which is always shown too");
    }
    return left;
  }

  private Series both() {
    Series left = compared();
    while (skip("and") || skip("unless")) {
      on();
      shown(compared());
    }
    return left;
  }

  private void on() {
    if (skip("on") || skip("ignoring")) {
      var _ = names();
    }
  }

  /// Of a counter as it is, only whether it ever counted.
  private Series compared() {
    Series left = sum();
    while (COMPARISONS.contains(peek())) {
      boolean more = next().equals(">");
      if (more && left.cumulative() && !left.range() && skip("0")) {
        return left.of(Quantity.COUNT);
      }
      on();
      left = agreeing(shown(left), shown(sum()));
    }
    return left;
  }

  /// Two of one quantity and, unless one is a constant, of the same labels.
  private Series agreeing(Series left, Series right) {
    if (left.isConstant() || right.isConstant()) {
      return left.isConstant() ? right : left;
    }
    require(left.quantity() == right.quantity(), "compares " + left + " with " + right);
    return left;
  }

  private Series sum() {
    Series left = product();
    while (peek().equals("+") || peek().equals("-")) {
      boolean minus = next().equals("-");
      Series right = shown(product());
      Series same = agreeing(shown(left), right);
      boolean span = minus && same.quantity() == Quantity.INSTANT;
      Set<String> labels = left.labels().isEmpty() ? right.labels() : left.labels();
      left = (span ? same.of(Quantity.SECONDS) : same).by(labels);
    }
    return left;
  }

  private Series product() {
    Series left = primary();
    while (peek().equals("*") || peek().equals("/")) {
      boolean divided = next().equals("/");
      String factor = peek();
      Series right = shown(primary());
      shown(left);
      if (divided && !right.isConstant()) {
        require(left.labels().equals(right.labels()), "divides series of different labels");
        left = left.of(left.quantity() == right.quantity() ? Quantity.COUNT : Quantity.ANY);
      } else if (left.quantity() == Quantity.PER_SECOND && isMinute(factor)) {
        left = left.of(Quantity.PER_MINUTE);
      } else if (left.isConstant()) {
        left = right;
      }
    }
    return left;
  }

  private static boolean isMinute(String factor) {
    return factor.matches("[0-9.]+") && Double.parseDouble(factor) == SECONDS_A_MINUTE;
  }

  private Series primary() {
    String word = next();
    if (word.equals("(")) {
      Series inside = either();
      expect(")");
      return inside;
    }
    if (word.matches("[0-9.]+")) {
      return Series.constant();
    }
    require(word.matches("[a-zA-Z_]\\w*"), "has no operand");
    if (AGGREGATIONS.contains(word)) {
      return aggregation();
    }
    return peek().equals("(") ? function(word) : selector(word);
  }

  private Series aggregation() {
    Set<String> by = skip("by") ? names() : Set.of();
    expect("(");
    Series inside = either();
    expect(")");
    Set<String> names = skip("by") ? names() : by;
    require(!inside.range() && !inside.cumulative(), "adds up what is no number yet");
    require(inside.labels().containsAll(names), "has no such labels as " + names);
    require(!inside.buckets() || names.contains("le"), "loses the bounds of the buckets");
    return inside.by(names);
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    expect("(");
    while (!skip(")")) {
      names.add(next());
      require(skip(",") || peek().equals(")"), "has a list that does not end");
    }
    return names;
  }

  private Series function(String name) {
    expect("(");
    Series result =
        switch (name) {
          case "time" -> new Series(Quantity.INSTANT, Set.of(), false, false, false);
          case "vector" -> {
            require(next().matches("[0-9.]+"), "makes a vector of no number");
            yield Series.constant();
          }
          case "absent" -> shown(either()).of(Quantity.COUNT).by(Set.of());
          case "histogram_quantile" -> quantile();
          default -> overTime(name);
        };
    expect(")");
    return result;
  }

  private Series quantile() {
    double share = Double.parseDouble(next());
    require(share > 0 && share < 1, "is no share");
    expect(",");
    Series buckets = either();
    require(buckets.buckets() && !buckets.cumulative(), "is no rate of buckets");
    Set<String> labels = new TreeSet<>(buckets.labels());
    require(labels.remove("le"), "has lost the bounds of the buckets");
    return new Series(buckets.quantity(), labels, false, false, false);
  }

  private Series overTime(String name) {
    require(OVER_TIME.containsKey(name), name + " is no function that is used here");
    boolean ofCounter = OVER_TIME.getOrDefault(name, false);
    Series inside = either();
    require(inside.range(), name + " needs a stretch of time");
    require(inside.cumulative() == ofCounter, name + " is not for that kind of metric");
    Series result = inside.of(inside.quantity());
    if (!name.equals("rate") || inside.buckets()) {
      return name.equals("changes") ? result.of(Quantity.COUNT) : result;
    }
    return result.of(inside.quantity() == Quantity.SECONDS ? Quantity.SHARE : Quantity.PER_SECOND);
  }

  private Series selector(String name) {
    matchers();
    boolean range = peek().startsWith("[");
    if (range) {
      require(RANGE.matcher(next()).matches(), "has no such stretch of time");
    }
    if (name.equals("up")) {
      return new Series(Quantity.COUNT, Set.of("instance", "job"), false, range, false);
    }
    Metric metric = Metric.ofSample(name);
    Set<String> labels = new TreeSet<>(metric.labels());
    labels.addAll(Set.of("instance", "job"));
    boolean buckets = metric.kind() == Kind.HISTOGRAM && name.endsWith("_bucket");
    if (buckets) {
      labels.add("le");
    }
    boolean cumulative = metric.kind() == Kind.COUNTER || metric.kind() == Kind.HISTOGRAM;
    return new Series(quantity(metric, name), labels, cumulative, range, buckets);
  }

  private void matchers() {
    if (!skip("{")) {
      return;
    }
    while (!skip("}")) {
      require(next().matches("[a-z_]+"), "compares what is no label");
      require(Set.of("=", "!=", "=~", "!~").contains(next()), "does not compare a label");
      require(next().startsWith("\""), "compares with what is no text");
      require(skip(",") || peek().equals("}"), "has braces that do not close");
    }
  }

  private static Quantity quantity(Metric metric, String sample) {
    String name = metric.text().toLowerCase(Locale.ROOT).replaceFirst("_total$", "");
    if (sample.endsWith("_count")) {
      return Quantity.COUNT;
    }
    if (name.endsWith("_timestamp_seconds")) {
      return Quantity.INSTANT;
    }
    if (name.endsWith("_seconds")) {
      return Quantity.SECONDS;
    }
    return name.endsWith("_bytes") ? Quantity.BYTES : Quantity.COUNT;
  }
}
