package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.google.PlayApi.BasePlan;
import org.sessionpro.backend.store.google.PubSubApi.QueueSetup;
import org.sessionpro.backend.store.google.PubSubApi.RetryPolicy;

/// Whether Google is set up as this server needs it (`google-play.md` §2.4, §8): what would lose
/// notifications or purchases stops the start, everything else is told.
public final class StartUpCheck {
  private static final Duration LEAST_DEADLINE = Duration.ofSeconds(10);
  private static final Duration LEAST_RETRY = Duration.ofSeconds(10);
  private static final Duration MOST_RETRY = Duration.ofMinutes(10);
  private static final Duration LEAST_RETENTION = Duration.ofDays(7);
  private static final Duration LEAST_GRACE = Duration.ofDays(1);
  private static final Duration MOST_GRACE = Duration.ofDays(30);

  private final GoogleClients clients;
  private final GoogleSettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private boolean knowsApp;

  private StartUpCheck(GoogleClients clients, GoogleSettings settings) {
    this.clients = clients;
    this.settings = settings;
  }

  /// Something that is not as it should be.
  ///
  /// @param text a sentence for the operator
  public record Finding(Weight weight, String text) {
    /// Whether the server must not start.
    public boolean fatal() {
      return weight == Weight.FATAL;
    }
  }

  /// What a finding means.
  public enum Weight {
    /// The server must not start: it would lose notifications or purchases.
    FATAL,
    /// Somebody should mend it.
    WARNING,
    /// Google could not be asked; it is to be asked again.
    UNANSWERED
  }

  /// What came of asking.
  ///
  /// @param findings empty if all is well
  /// @param knowsApp whether Google has shown something of the app, so that its name is no mistake
  public record Verdict(List<Finding> findings, boolean knowsApp) {
    public Verdict {
      findings = List.copyOf(findings);
    }

    /// Why the server must not start; empty if it may.
    public List<Finding> fatal() {
      return findings.stream().filter(Finding::fatal).toList();
    }

    /// Whether Google left something unanswered.
    public boolean isUnanswered() {
      return findings.stream().anyMatch(it -> it.weight() == Weight.UNANSWERED);
    }
  }

  /// Asks Google.
  public static Verdict run(GoogleClients clients, GoogleSettings settings, Instant now) {
    StartUpCheck check = new StartUpCheck(clients, settings);
    if (check.isSignedIn()) {
      check.checkQueue();
      check.checkApp(now);
    }
    return new Verdict(check.findings, check.knowsApp);
  }

  private boolean isSignedIn() {
    return switch (clients.signIn()) {
      case Answer<?> _ -> true;
      case Unauthorized<?> _ -> {
        fatal(
            Setting.GOOGLE_CLOUD_APP_CREDENTIALS_PATH,
            "Google refuses the service account: its key is deleted, disabled or not Google's");
        yield false;
      }
      case StoreAnswer<?> _ -> {
        unanswered("Google cannot be reached at present; purchases will be looked at once it can.");
        yield false;
      }
    };
  }

  private void checkQueue() {
    String queue = "The Pub/Sub subscription " + settings.queue().subscription();
    switch (clients.pubSub().setup()) {
      case Answer<QueueSetup>(QueueSetup setup) -> checkQueue(queue, setup);
      case NotFound<QueueSetup> _ ->
          fatal(
              Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
              queue + " does not exist in project " + settings.queue().project());
      case Unauthorized<QueueSetup> _ ->
          warn(
              queue
                  + " cannot be verified: the service account may not view it, or it is none of"
                  + " project "
                  + settings.queue().project(),
              Setting.GOOGLE_CLOUD_PROJECT_ID,
              Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME);
      case Refused<QueueSetup> _ ->
          fatal(
              Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
              queue
                  + " of project "
                  + settings.queue().project()
                  + " cannot be: Pub/Sub refuses one of these names");
      case StoreAnswer<QueueSetup> _ -> unanswered(queue + " cannot be verified at present.");
    }
  }

  private void checkQueue(String queue, QueueSetup setup) {
    if (setup.pushed()) {
      fatal(
          Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
          queue + " sends its messages elsewhere; its delivery type must be pull");
    }
    if (setup.detached()) {
      fatal(
          Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
          queue + " is detached from its topic, so that nothing arrives in it");
    }
    if (setup.exactlyOnce()) {
      fatal(
          Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
          queue + " has exactly-once delivery switched on, which must be off");
    }
    if (setup.ackDeadline().compareTo(LEAST_DEADLINE) < 0) {
      warn(queue + " should have an acknowledgement deadline of at least 10 s, 60 s is well.");
    }
    if (setup.retention().compareTo(LEAST_RETENTION) < 0) {
      warn(queue + " should keep messages for at least 7 days, 31 is well.");
    }
    if (setup.expires()) {
      warn(queue + " is deleted when it is idle for long; it should never expire.");
    }
    if (setup.filtered()) {
      warn(queue + " has a filter, which keeps messages from us; it should have none.");
    }
    if (setup.deadLettered()) {
      warn(
          queue
              + " has a dead-letter topic, which takes messages away that were given back often; it"
              + " should have none.");
    }
    if (!setup.retaining()) {
      warn(
          queue
              + " should retain acknowledged messages, so that what was announced since a backup can be"
              + " sent again.");
    }
    if (!isPatient(setup.retry())) {
      warn(queue + " should have a retry policy of 10 s to 600 s.");
    }
  }

  private static boolean isPatient(@Nullable RetryPolicy retry) {
    if (retry == null) {
      return false;
    }
    boolean slowAtFirst = retry.least() == null || retry.least().compareTo(LEAST_RETRY) >= 0;
    return slowAtFirst && (retry.most() == null || retry.most().compareTo(MOST_RETRY) >= 0);
  }

  private void checkApp(Instant now) {
    StoreAnswer<?> voids = clients.play().voided(VoidList.since(now, now), null);
    knowsApp = voids instanceof Answer<?>;
    checkVoidList(voids);
    if (!(voids instanceof NotFound<?>)) {
      checkBasePlans();
    }
  }

  private void checkBasePlans() {
    String product = settings.catalogue().subscription().value();
    String ofApp = product + " of the app " + settings.packageName().value();
    Setting doubtful =
        knowsApp ? Setting.GOOGLE_SUBSCRIPTION_PRODUCT_ID : Setting.GOOGLE_PACKAGE_NAME;
    switch (clients.play().basePlans(settings.catalogue().subscription())) {
      case Answer<List<BasePlan>>(List<BasePlan> plans) -> {
        knowsApp = true;
        plans.forEach(this::checkBasePlan);
      }
      case NotFound<List<BasePlan>> _ ->
          fatal(doubtful, "Google Play knows no subscription " + ofApp);
      case Refused<List<BasePlan>> _ ->
          fatal(doubtful, "Google Play refuses one of the names of the subscription " + ofApp);
      case Unauthorized<List<BasePlan>> _ ->
          warn(
              "The base plans of "
                  + ofApp
                  + " cannot be verified: the service account may not view them"
                  + (knowsApp ? "" : ", or the app is another developer's"),
              doubtful);
      case StoreAnswer<List<BasePlan>> _ ->
          unanswered("The base plans of " + product + " cannot be verified at present.");
    }
  }

  private void checkBasePlan(BasePlan plan) {
    switch (plan.sale()) {
      case SOLD -> {
        checkMapping(
            plan, "is sold", "what is bought is refunded by Google, what is renewed is not");
        checkTerms(plan);
      }
      case RETIRED ->
          checkMapping(
              plan,
              "may still be renewed",
              "whoever does so pays for nothing, and is not refunded");
      case DRAFT -> {}
    }
  }

  private void checkMapping(BasePlan plan, String standing, String consequence) {
    if (!settings.catalogue().basePlans().containsKey(plan.id())) {
      warn(name(plan) + " " + standing + " but not in base_plans: " + consequence + ".");
    }
  }

  private static String name(BasePlan plan) {
    return "The base plan " + plan.id().value();
  }

  private void checkTerms(BasePlan plan) {
    String name = name(plan);
    if (!plan.autoRenewing()) {
      warn(name + " does not renew by itself.");
      return;
    }
    Duration grace = plan.grace();
    if (grace == null || grace.compareTo(LEAST_GRACE) < 0 || grace.compareTo(MOST_GRACE) > 0) {
      warn(name + " should have a grace period of 1 to 30 days.");
    }
  }

  private void checkVoidList(StoreAnswer<?> answer) {
    switch (answer) {
      case Answer<?> _ -> {}
      case NotFound<?> _ ->
          fatal(
              Setting.GOOGLE_PACKAGE_NAME,
              "Google Play knows no app " + settings.packageName().value());
      case Unauthorized<?> _ ->
          warn(
              "The list of voided purchases cannot be read: the service account may not view"
                  + " financial data, or the app "
                  + settings.packageName().value()
                  + " is another developer's",
              Setting.GOOGLE_PACKAGE_NAME);
      case Refused<?>(int status, String _) ->
          warn(
              "The list of voided purchases cannot be read: Google Play refuses that ("
                  + status
                  + "); is the clock right?");
      case StoreAnswer<?> _ ->
          unanswered("The list of voided purchases cannot be read at present.");
    }
  }

  /// @param setting where to look for the mistake
  private void fatal(Setting setting, String text) {
    findings.add(new Finding(Weight.FATAL, text + seen(setting)));
  }

  /// What may be a right that is missing, and may be a name that is wrong: Google answers both alike,
  /// and without those rights a server works (`google-play.md` §8, §13).
  ///
  /// @param settings where to look for the mistake
  private void warn(String text, Setting... settings) {
    findings.add(new Finding(Weight.WARNING, text + seen(settings)));
  }

  private static String seen(Setting... settings) {
    return Arrays.stream(settings)
        .map(Setting::variable)
        .collect(Collectors.joining(", ", " (see ", ")."));
  }

  private void warn(String text) {
    findings.add(new Finding(Weight.WARNING, text));
  }

  private void unanswered(String text) {
    findings.add(new Finding(Weight.UNANSWERED, text));
  }
}
