package org.sessionpro.backend;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.ops.Source;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.JobState;
import org.sessionpro.backend.proof.Acknowledger;

/// The stores' part of a running server: nothing of one that is switched off. While nothing may leave the
/// server, what a store sends by itself is taken (`app-store.md` §1.4, `operator-v1.md` §6).
final class Providers implements AutoCloseable {
  private final @Nullable GoogleProvider google;
  private final @Nullable AppleProvider apple;
  private final Acknowledger acknowledger;

  private Providers(
      @Nullable GoogleProvider google, @Nullable AppleProvider apple, Acknowledger acknowledger) {
    this.google = google;
    this.apple = apple;
    this.acknowledger = acknowledger;
  }

  /// Makes ready to work with the stores.
  ///
  /// @throws RuntimeException whose message is for the operator, if one of them will not do; nothing
  ///     stays open then
  static Providers open(StoreSettings stores, Surroundings surroundings) {
    GoogleSettings google = stores.google();
    if (stores.dryRun()) {
      AppleSettings apple = stores.apple();
      return new Providers(
          null,
          apple == null ? null : AppleProvider.open(apple.askingNobody(), surroundings),
          google == null ? Acknowledger.off() : Acknowledger.dry());
    }
    GoogleProvider opened = google == null ? null : GoogleProvider.open(google, surroundings);
    try {
      AppleSettings apple = stores.apple();
      return new Providers(
          opened,
          apple == null ? null : AppleProvider.open(apple, surroundings),
          opened == null ? Acknowledger.off() : opened.acknowledger());
    } catch (RuntimeException failed) {
      if (opened != null) {
        opened.close();
      }
      throw failed;
    }
  }

  /// Tells stores of purchases that customers wait for.
  Acknowledger acknowledger() {
    return acknowledger;
  }

  /// Where stores deliver their messages.
  List<Route> routes(HttpLimits limits) {
    return apple == null ? List.of() : List.of(apple.webhook(limits));
  }

  /// What is to be done again and again, on one process of all.
  List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    if (google != null) {
      jobs.addAll(google.jobs());
    }
    if (apple != null) {
      jobs.addAll(apple.jobs());
    }
    return jobs;
  }

  /// How those jobs go that are not among [#jobs()].
  List<JobState> states() {
    return google == null ? List.of() : google.states();
  }

  /// What goes on between this process and the stores.
  List<Source> numbers() {
    List<Source> numbers = new ArrayList<>();
    if (google != null) {
      numbers.add(google.numbers());
    }
    if (apple != null) {
      numbers.add(apple.numbers());
    }
    return numbers;
  }

  /// Begins to work, which happens in the background.
  void start() {
    if (google != null) {
      google.start();
    }
    if (apple != null) {
      apple.start();
    }
  }

  /// Stops, all stores at once; within 7 s.
  @Override
  public void close() {
    Thread other =
        Thread.ofVirtual()
            .start(() -> {
              if (apple != null) {
                apple.close();
              }
            });
    if (google != null) {
      google.close();
    }
    try {
      other.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
