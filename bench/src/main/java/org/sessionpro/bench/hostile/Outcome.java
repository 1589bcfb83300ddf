package org.sessionpro.bench.hostile;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What became of one attack.
///
/// @param attackers what its connections were answered, and how often
/// @param status of a good client that asked `/status`
/// @param proof of one that asked for proofs
/// @param use what the server held
/// @param answersAfterwards whether a new client is answered within a few seconds
record Outcome(
    Attack attack,
    Map<String, Long> attackers,
    GoodClient.Experience status,
    GoodClient.Experience proof,
    Use use,
    boolean answersAfterwards) {
  private static final double BYTES_PER_MB = 1_000_000;

  /// What the server held before the attack, at most during it, and a few seconds after it.
  record Use(ServerWatch.Use before, ServerWatch.Use most, ServerWatch.Use after) {}

  /// Whether the server answered all along.
  boolean isSurvived() {
    return answersAfterwards && status.answered() > 0;
  }

  double mostMegabytes() {
    return use.most().residentBytes() / BYTES_PER_MB;
  }

  /// A title and a line for each figure.
  String text() {
    return String.format(
        Locale.ROOT,
        """
        %s: %,d connections that %s
          attackers    %s
          /status      %s
          proof        %s
          memory       %.0f MB before, %.0f at most, %.0f after
          descriptors  %,d before, %,d at most, %,d after
          afterwards   %s
        """,
        attack.name(),
        attack.connections(),
        attack.what(),
        counts(attackers),
        line(status),
        line(proof),
        use.before().residentBytes() / BYTES_PER_MB,
        mostMegabytes(),
        use.after().residentBytes() / BYTES_PER_MB,
        use.before().descriptors(),
        use.most().descriptors(),
        use.after().descriptors(),
        answersAfterwards ? "it answers" : "IT DOES NOT ANSWER");
  }

  private static String line(GoodClient.Experience experience) {
    String figures =
        String.format(
            Locale.ROOT,
            "%d of %d answered, p50 %.1f ms, p99 %.1f ms, max %.1f ms",
            experience.answered(),
            experience.asked(),
            millis(experience.p50()),
            millis(experience.p99()),
            millis(experience.max()));
    return experience.failures().isEmpty()
        ? figures
        : figures + "; else " + counts(experience.failures());
  }

  private static String counts(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s × %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static double millis(Duration duration) {
    return (double) duration.toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
  }
}
