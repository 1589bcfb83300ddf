package org.sessionpro.backend.http.ops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Prometheus' text format 0.0.4, read strictly: whatever a scraper might merely put up with is an error
/// here.
public final class Exposition {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_:][a-z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,(?=.)|$)");
  private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

  private final Map<String, String> types = new HashMap<>();
  private final SequencedMap<Series, Double> samples = new LinkedHashMap<>();

  /// What is told apart.
  public record Series(String name, Map<String, String> labels) {
    public Series {
      labels = Map.copyOf(labels);
    }
  }

  private Exposition() {}

  /// Reads a whole document.
  ///
  /// @throws AssertionError if it breaks a rule
  public static Exposition read(String text) {
    require(text.endsWith("\n"), "the last line ends");
    Exposition all = new Exposition();
    String family = "";
    String helped = "";
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches() && comment.group(1).equals("HELP")) {
        helped = comment.group(2);
      } else if (comment.matches()) {
        family = comment.group(2);
        require(helped.equals(family), "help stands before the type: " + line);
        require(TYPES.contains(comment.group(3)), "a known type: " + line);
        require(all.types.put(family, comment.group(3)) == null, "a family comes once: " + line);
      } else {
        all.sample(family, line);
      }
    }
    all.requireHistograms();
    return all;
  }

  private void sample(String family, String line) {
    Matcher sample = SAMPLE.matcher(line);
    require(sample.matches(), "a sample: " + line);
    String name = sample.group(1);
    require(belongs(name, family), "samples follow their family: " + line);
    Map<String, String> labels = new TreeMap<>();
    String list = sample.group(2) == null ? "" : sample.group(2);
    Matcher label = LABEL.matcher(list);
    int end = 0;
    while (end < list.length()) {
      require(label.find(end) && label.start() == end, "labels: " + line);
      require(labels.put(label.group(1), label.group(2)) == null, "a label comes once: " + line);
      end = label.end();
    }
    double value = value(sample.group(3));
    require(!Double.isNaN(value), "a number: " + line);
    require("gauge".equals(types.get(family)) || value >= 0, "not negative: " + line);
    require(samples.put(new Series(name, labels), value) == null, "a series comes once: " + line);
  }

  private boolean belongs(String name, String family) {
    return "histogram".equals(types.get(family))
        ? Set.of(family + "_bucket", family + "_sum", family + "_count").contains(name)
        : name.equals(family);
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private void requireHistograms() {
    types.forEach((family, type) -> {
      if (type.equals("histogram")) {
        buckets(family).forEach((labels, buckets) -> requireHistogram(family, labels, buckets));
      }
    });
  }

  private Map<Map<String, String>, List<Map.Entry<Series, Double>>> buckets(String family) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().name().equals(family + "_bucket"))
        .collect(Collectors.groupingBy(sample -> without(sample.getKey().labels(), "le")));
  }

  private void requireHistogram(
      String family, Map<String, String> labels, List<Map.Entry<Series, Double>> buckets) {
    double bound = Double.NEGATIVE_INFINITY;
    double count = 0;
    for (Map.Entry<Series, Double> bucket : buckets) {
      double le = value(bucket.getKey().labels().getOrDefault("le", ""));
      require(le > bound, "bounds ascend: " + bucket);
      require(bucket.getValue() >= count, "counts add up: " + bucket);
      bound = le;
      count = bucket.getValue();
    }
    require(bound == Double.POSITIVE_INFINITY, "the last bucket has no bound: " + family + labels);
    Double all = samples.get(new Series(family + "_count", labels));
    require(all != null && all == count, "the last bucket holds all: " + family + labels);
    require(samples.containsKey(new Series(family + "_sum", labels)), "a sum: " + family + labels);
  }

  private static Map<String, String> without(Map<String, String> labels, String name) {
    Map<String, String> others = new TreeMap<>(labels);
    others.remove(name);
    return others;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError("not as it should be: " + rule);
    }
  }

  /// Everything that is told apart.
  public List<Series> series() {
    return new ArrayList<>(samples.keySet());
  }

  /// The names of all samples.
  public Set<String> names() {
    return samples.keySet().stream().map(Series::name).collect(Collectors.toSet());
  }

  /// The sum of the values of all series of that name that have those labels, among others; 0 if there
  /// are none.
  ///
  /// @param labels names and values by turns
  public double sum(String name, String... labels) {
    Map<String, String> wanted = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().name().equals(name))
        .filter(sample -> sample.getKey().labels().entrySet().containsAll(wanted.entrySet()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
