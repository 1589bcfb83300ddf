package org.sessionpro.bench.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What became of one attack.
///
/// @param toll what its connections were answered, and how often
/// @param status of a good client that asked `/status`
/// @param proof of one that asked for proofs
/// @param use what the server held
/// @param answersAfterwards whether new clients are answered within a few seconds
record Outcome(
    Attack attack,
    Siege.Toll toll,
    GoodClient.Experience status,
    GoodClient.Experience proof,
    Use use,
    boolean answersAfterwards) {
  static final double BYTES_PER_MB = 1_000_000;

  /// Least share of an attack's connections that must have come about.
  private static final double CONNECTED = 0.5;

  /// Least share of requests that good clients must have had answered. Some requests for proofs may
  /// be shed.
  private static final double STATUS_ANSWERED = 0.9;

  private static final double PROOFS_ANSWERED = 0.5;

  /// Descriptors that a server may have more afterwards than before: it opens some for itself.
  private static final long DESCRIPTORS_KEPT = 64;

  /// What the server held before the attack, at most during it, and a few seconds after it.
  record Use(ServerWatch.Use before, ServerWatch.Use most, ServerWatch.Use after) {
    /// The most memory of all looks.
    long mostResidentBytes() {
      return before.max(most).max(after).residentBytes();
    }
  }

  /// Whether what a server holds after an attack is, but for a few descriptors, what it held before.
  static boolean isOver(ServerWatch.Use before, ServerWatch.Use after) {
    return after.descriptors() <= before.descriptors() + DESCRIPTORS_KEPT;
  }

  /// Whether the attack was made and did no harm.
  boolean isSurvived() {
    return harm().isEmpty();
  }

  private List<String> harm() {
    List<String> harm = new ArrayList<>();
    if (attack.connections() < 1 || toll.connected() < CONNECTED * attack.connections()) {
      harm.add("the attack could not be made");
    }
    if (!status.isAnswered(STATUS_ANSWERED)) {
      harm.add("it did not answer /status");
    }
    if (!proof.isAnswered(PROOFS_ANSWERED)) {
      harm.add("it gave no proofs");
    }
    if (!isOver(use.before(), use.after())) {
      harm.add("it holds descriptors");
    }
    if (!answersAfterwards) {
      harm.add("it does not answer");
    }
    return harm;
  }

  private double mostMegabytes() {
    return use.most().residentBytes() / BYTES_PER_MB;
  }

  /// A title and a line for each figure.
  String text() {
    return String.format(
        Locale.ROOT,
        """
        %s: %,d connections that %s
          attackers    %,d connected; %s
          /status      %s
          proof        %s
          memory       %.0f MB before, %.0f at most, %.0f after
          descriptors  %,d before, %,d at most, %,d after
          the server   %s
        """,
        attack.name(),
        attack.connections(),
        attack.what(),
        toll.connected(),
        counts(toll.outcomes()),
        line(status),
        line(proof),
        use.before().residentBytes() / BYTES_PER_MB,
        mostMegabytes(),
        use.after().residentBytes() / BYTES_PER_MB,
        use.before().descriptors(),
        use.most().descriptors(),
        use.after().descriptors(),
        isSurvived() ? "survived" : "DID NOT SURVIVE: " + String.join(", ", harm()));
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
