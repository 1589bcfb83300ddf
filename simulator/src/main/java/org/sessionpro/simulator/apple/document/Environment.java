package org.sessionpro.simulator.apple.document;

import java.time.Duration;
import java.util.List;

/// Which of its two stores the App Store is.
public enum Environment {
  PRODUCTION("Production", Duration.ofDays(180)),
  SANDBOX("Sandbox", Duration.ofDays(30));

  private static final List<Duration> RETRIES =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(12),
          Duration.ofHours(24),
          Duration.ofHours(48),
          Duration.ofHours(72));

  private final String word;
  private final Duration memory;

  Environment(String word, Duration memory) {
    this.word = word;
    this.memory = memory;
  }

  /// Its name in documents.
  public String word() {
    return word;
  }

  /// The pauses after which a failed delivery is tried again, one for each further attempt; the sandbox
  /// delivers once (`app-store.md` §1.1).
  public List<Duration> retries() {
    return this == PRODUCTION ? RETRIES : List.of();
  }

  /// How far back the history of notifications reaches (`app-store.md` §1.4).
  public Duration memory() {
    return memory;
  }

  Environment other() {
    return this == PRODUCTION ? SANDBOX : PRODUCTION;
  }
}
