package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.store.google.StartUpCheck.Finding;
import org.sessionpro.backend.store.google.StartUpCheck.Verdict;
import org.sessionpro.backend.store.google.StartUpCheck.Weight;
import org.sessionpro.simulator.google.pubsub.QueueSettings;
import org.sessionpro.simulator.http.Fault;

/// What of Google's set-up stops the start, and what is only told (`google-play.md` §2.4, §8).
class StartUpCheckTest {
  @TempDir Path folder;

  private GoogleRig google;

  @BeforeEach
  void start() {
    google = new GoogleRig(folder);
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private Verdict verdict() {
    return StartUpCheck.run(google.clients, google.settings, google.clock.instant());
  }

  private List<Finding> check() {
    return verdict().findings();
  }

  private List<String> fatal() {
    return check().stream().filter(Finding::fatal).map(Finding::text).toList();
  }

  private List<String> unanswered() {
    return check().stream()
        .filter(finding -> finding.weight() == Weight.UNANSWERED)
        .map(Finding::text)
        .toList();
  }

  private List<String> warnings() {
    return check().stream().filter(finding -> !finding.fatal()).map(Finding::text).toList();
  }

  @Test
  void whatIsSoldAndNotConfiguredIsToldByName() {
    assertThat(fatal()).isEmpty();
    assertThat(warnings())
        .anyMatch(text -> text.contains("session-pro-6-months is sold but not in base_plans"))
        .anyMatch(text -> text.contains("session-pro-1-month-prepaid does not renew"))
        .anyMatch(text -> text.contains("session-pro-1-month-no-grace should have a grace period"))
        .noneMatch(text -> text.contains("session-pro-1-month "))
        .noneMatch(text -> text.contains("Pub/Sub"));
  }

  @Test
  void whatIsNotSoldAnyMoreAndMayStillBeRenewedIsToldToo() {
    assertThat(warnings())
        .filteredOn(text -> text.contains("session-pro-2-months"))
        .singleElement()
        .asString()
        .contains("may still be renewed but not in base_plans");
  }

  @Test
  void anAccountThatIsRefusedStopsTheStart() {
    google.refuse("token", Fault.UNTIL_CLEARED, 401, "invalid_grant", null);

    assertThat(fatal()).singleElement().asString().contains("refuses the service account");
  }

  @Test
  void aGoogleThatCannotBeReachedDoesNot() {
    google.refuse("token", Fault.UNTIL_CLEARED, 503, "", null);

    assertThat(fatal()).isEmpty();
    assertThat(warnings()).singleElement().asString().contains("cannot be reached");
    assertThat(unanswered()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"queue-settings", "catalogue", "voids"})
  void whatGoogleDoesNotAnswerAtPresentIsToBeAskedAgain(String endpoint) {
    google.refuse(endpoint, Fault.UNTIL_CLEARED, 503, "", null);

    assertThat(fatal()).isEmpty();
    assertThat(unanswered()).singleElement().asString().contains("at present");
  }

  @Test
  void aQueueThatIsNotThereStopsTheStart() {
    google.refuse("queue-settings", Fault.UNTIL_CLEARED, 404, "", null);

    assertThat(fatal()).singleElement().asString().contains("does not exist");
  }

  @Test
  void aQueueOfANameThatCannotBeStopsTheStart() {
    google.refuse("queue-settings", Fault.UNTIL_CLEARED, 400, "", null);

    assertThat(fatal()).singleElement().asString().contains("GOOGLE_CLOUD_SUBSCRIPTION_NAME");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void aSubscriptionThatAKnownAppDoesNotSellStopsTheStart(int status) {
    google.refuse("catalogue", Fault.UNTIL_CLEARED, status, "", null);

    assertThat(fatal()).singleElement().asString().contains("GOOGLE_SUBSCRIPTION_PRODUCT_ID");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void aSubscriptionThatNobodyKnowsMayBeThatOfAMistypedApp(int status) {
    google.refuse("voids", Fault.UNTIL_CLEARED, 403, "", null);
    google.refuse("catalogue", Fault.UNTIL_CLEARED, status, "", null);

    assertThat(fatal()).singleElement().asString().contains("GOOGLE_PACKAGE_NAME");
  }

  @Test
  void anAppThatIsNotThereStopsTheStart() {
    google.refuse("voids", Fault.UNTIL_CLEARED, 404, "", null);

    assertThat(fatal()).singleElement().asString().contains("GOOGLE_PACKAGE_NAME");
  }

  @Test
  void anAppThatWeMayNotViewIsToldAndNotKnown() {
    google.refuse("voids", Fault.UNTIL_CLEARED, 403, "", null);
    google.refuse("catalogue", Fault.UNTIL_CLEARED, 403, "", null);

    assertThat(fatal()).isEmpty();
    assertThat(unanswered()).isEmpty();
    assertThat(verdict().knowsApp()).isFalse();
    assertThat(warnings())
        .filteredOn(text -> text.contains("another developer's"))
        .hasSize(2)
        .allMatch(text -> text.contains("GOOGLE_PACKAGE_NAME"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"voids", "catalogue"})
  void anAppOfWhichGoogleShowsSomethingIsKnown(String hidden) {
    google.refuse(hidden, Fault.UNTIL_CLEARED, 403, "", null);

    assertThat(verdict().knowsApp()).isTrue();
  }

  @Test
  void aVoidListThatIsRefusedIsTold() {
    google.refuse("voids", Fault.UNTIL_CLEARED, 400, "", null);

    assertThat(fatal()).isEmpty();
    assertThat(unanswered()).isEmpty();
    assertThat(warnings()).anyMatch(text -> text.contains("is the clock right"));
  }

  @Test
  void aQueueThatWeMayNotViewIsTold() {
    google.refuse("queue-settings", Fault.UNTIL_CLEARED, 403, "", null);

    assertThat(fatal()).isEmpty();
    assertThat(warnings())
        .filteredOn(text -> text.contains("may not view it"))
        .singleElement()
        .asString()
        .contains("GOOGLE_CLOUD_PROJECT_ID")
        .contains("GOOGLE_CLOUD_SUBSCRIPTION_NAME");
  }

  @Test
  void aQueueThatLosesMessagesStopsTheStart() {
    QueueSettings recommended = QueueSettings.RECOMMENDED;
    google
        .simulator
        .queue()
        .configure(
            new QueueSettings(
                recommended.ackDeadline(),
                recommended.retention(),
                recommended.retry(),
                null,
                true,
                true,
                "https://example.org/push",
                null,
                null,
                true));

    assertThat(fatal())
        .hasSize(3)
        .anyMatch(text -> text.contains("must be pull"))
        .anyMatch(text -> text.contains("detached"))
        .anyMatch(text -> text.contains("exactly-once"));
  }

  @Test
  void aQueueThatMightLoseMessagesIsTold() {
    google
        .simulator
        .queue()
        .configure(
            new QueueSettings(
                Duration.ofSeconds(5),
                Duration.ofDays(1),
                new QueueSettings.Retry(Duration.ZERO, Duration.ofSeconds(600)),
                Duration.ofDays(31),
                false,
                false,
                null,
                "attributes:x",
                "projects/example/topics/dead-letters",
                false));

    assertThat(fatal()).isEmpty();
    assertThat(warnings().stream().filter(text -> text.contains("Pub/Sub")))
        .hasSize(7)
        .anyMatch(text -> text.contains("dead-letter topic"))
        .anyMatch(text -> text.contains("retain acknowledged messages"));
  }

  @Test
  void aQueueThatSendsAgainTooOftenIsTold() {
    QueueSettings recommended = QueueSettings.RECOMMENDED;
    google
        .simulator
        .queue()
        .configure(
            new QueueSettings(
                recommended.ackDeadline(),
                recommended.retention(),
                new QueueSettings.Retry(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                null,
                false,
                false,
                null,
                null,
                null,
                true));

    assertThat(warnings()).anyMatch(text -> text.contains("retry policy of 10 s to 600 s"));
  }

  @Test
  void aVoidListThatWeMayNotReadIsTold() {
    google.refuse("voids", Fault.UNTIL_CLEARED, 403, "", null);

    assertThat(fatal()).isEmpty();
    assertThat(warnings()).anyMatch(text -> text.contains("financial data"));
  }
}
