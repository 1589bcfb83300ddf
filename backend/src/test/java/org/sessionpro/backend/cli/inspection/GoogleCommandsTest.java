package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.PullNotifications;
import org.sessionpro.backend.store.google.work.SimulatedGoogle;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.http.Fault;

class GoogleCommandsTest {
  private static final MasterKey ALICE = MasterKey.fromHex("a1".repeat(32));

  @TempDir Path folder;
  private SimulatedGoogle google;
  private Map<String, String> environment;
  private DatabaseUrl url;
  private CapturedShell shell = new CapturedShell(Map.of());

  @BeforeEach
  void open() {
    google = new SimulatedGoogle(folder);
    url = Engine.SQLITE.empty(folder);
    Databases.open(url).close();
    environment = new HashMap<>(google.environment());
    environment.put("SESH_PRO_BACKEND_DEV", "1");
    environment.put("SESH_PRO_BACKEND_DB_URL", Engine.text(url));
  }

  @AfterEach
  void close() {
    google.close();
  }

  private int run(String... words) {
    shell = new CapturedShell(environment);
    GoogleCommands commands = new GoogleCommands(shell.shell(), Crypto::selfTested, google.clock());
    GooglePurchaseCommands purchases = new GooglePurchaseCommands(shell.shell(), google.clock());
    ActsCommands acts = new ActsCommands(shell.shell(), Crypto::selfTested, google.clock());
    return PromisedMembers.run(shell, List.of(commands, purchases, acts), words);
  }

  @Test
  void aPingSaysWhatIsNotAsItShouldBe() {
    assertThat(run("google", "ping", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("session-pro-6-months is sold but not in base_plans");
  }

  @Test
  void aPingFailsWhereAServerWouldNotStart() {
    google.refuse("queue-settings", Fault.UNTIL_CLEARED, 404, null);

    assertThat(run("google", "ping")).isEqualTo(1);
    assertThat(shell.out()).contains("does not exist in project");
  }

  @Test
  void aPullKeepsWhatWaits() {
    var _ = google.buy(ALICE);

    assertThat(run("google", "pull-once", "--apply", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("\"kept\":1", "\"repeated\":0");
    assertThat(google.unacknowledgedMessages()).isZero();

    assertThat(run("google", "status", "--json")).isZero();
    assertThat(shell.out()).contains("\"due\":1", "\"pulling\":false", "\"enabled\":true");
  }

  @Test
  void aPullSaysThatAnotherProcessPulls() {
    try (var database = Databases.open(url)) {
      var _ =
          new Leases(database)
              .take(
                  PullNotifications.NAME,
                  new LeaseHolder("0123456789abcdef"),
                  google.clock().instant(),
                  google.clock().instant().plusSeconds(60));

      assertThat(run("google", "pull-once", "--apply")).isEqualTo(1);
      assertThat(shell.err()).contains("another process pulls");
    }
  }

  @Test
  void aPurchaseIsNotedToBeLookedAt() {
    assertThat(run("google", "reconcile", "some-token", "--apply", "--json")).isZero();
    assertThat(shell.out()).contains("\"owed\":1");

    assertThat(run("google", "parked", "--json")).isZero();
    assertThat(shell.out()).contains("\"total\":0");
  }

  @Test
  void whatFailsForWantOfASettingIsAmongWhatIsParked() {
    var _ = google.buy(ALICE);
    assertThat(run("google", "pull-once", "--apply")).isZero();
    Instant now = google.clock().instant();
    Cause unmapped = new Cause(ParkReason.UNKNOWN_PLAN, "daily");
    try (var database = Databases.open(url)) {
      Inbox inbox = new Inbox(database, new SecureRandom(), new InboxRules(36, "test"));
      inbox.settle(
          AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, now).getFirst(),
          new Outcome.Failed(ErrorClass.LOGIC, "not mapped", unmapped),
          now);
    }

    assertThat(run("google", "parked", "--json")).isZero();

    assertThat(shell.out())
        .contains("\"total\":1", "\"state\":\"waiting\"", "\"detail\":\"daily\"");
  }

  /// Google asks about the refund of a purchase.
  private void askAboutARefund() {
    PurchaseToken token = google.buy(ALICE);
    google.store().announce(new Notice.OfRefundReview(token, google.order(token), 3));
    assertThat(run("google", "pull-once", "--apply")).as(() -> shell.err()).isZero();
  }

  /// What the inbox calls the question.
  private String question() {
    try (var database = Databases.open(url)) {
      return new Inbox(database, new SecureRandom(), new InboxRules(36, "test"))
          .inspection()
          .list(new Filter(null, null, ParkReason.REFUND_REVIEW, null), 1)
          .getFirst()
          .item()
          .key();
    }
  }

  @Test
  void aRefundThatGoogleAsksAboutIsListedWithItsDeadline() {
    askAboutARefund();

    assertThat(run("google", "review", "--json")).as(() -> shell.err()).isZero();

    long due = google.clock().instant().plusSeconds(86_400).getEpochSecond();
    assertThat(shell.out())
        .contains("\"total\":1", "\"reason\":\"refund_review\"", "\"deadline_ts\":" + due);
  }

  @Test
  void anAnswerIsOnlyGivenIfThatIsSaid() {
    askAboutARefund();

    assertThat(run("google", "review", question(), "--preference", "decline", "--json"))
        .as(() -> shell.err())
        .isZero();

    assertThat(shell.out()).contains("\"applied\":false", "DECLINE");
    assertThat(google.calls("review-refund")).isZero();
  }

  @Test
  void anAnswerClosesTheQuestion() {
    askAboutARefund();

    assertThat(
            run(
                "google",
                "review",
                question(),
                "--preference",
                "decline",
                "--apply",
                "--reason",
                "no use"))
        .as(() -> shell.err())
        .isZero();

    assertThat(google.calls("review-refund")).isEqualTo(1);
    assertThat(run("google", "review", "--json")).isZero();
    assertThat(shell.out()).contains("\"total\":0");
  }

  @Test
  void anAnswerThatGoogleDoesNotTakeLeavesTheQuestionOpen() {
    askAboutARefund();
    google.refuse("review-refund", 1, 403, null);

    assertThat(
            run(
                "google",
                "review",
                question(),
                "--preference",
                "approve",
                "--apply",
                "--reason",
                "test"))
        .isEqualTo(1);

    assertThat(shell.err()).contains("may not do that");
    assertThat(question()).isNotEmpty();
  }

  static Stream<List<String>> acts() {
    return Stream.of(
        List.of("refund", "ORDER", "--revoke"),
        List.of("revoke", "TOKEN", "--back", "full"),
        List.of("cancel", "TOKEN", "--as", "developer"),
        List.of("defer", "TOKEN", "--days", "7"));
  }

  private int act(PurchaseToken token, List<String> act, String... more) {
    Stream<String> words =
        Stream.concat(Stream.of("google-purchase"), Stream.concat(act.stream(), Stream.of(more)))
            .map(word -> word.equals("TOKEN") ? token.value() : word)
            .map(word -> word.equals("ORDER") ? google.order(token).value() : word);
    return run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void anActIsPlannedUnlessItIsToBeApplied(List<String> act) {
    PurchaseToken token = google.buy(ALICE);
    String before = google.store().subscription(token).toString();

    assertThat(act(token, act, "--json")).as(() -> shell.err()).isZero();

    assertThat(shell.out()).contains("\"applied\":false");
    assertThat(google.calls("token")).isZero();
    assertThat(google.store().subscription(token)).hasToString(before);
  }

  @ParameterizedTest
  @MethodSource("acts")
  void anActThatIsAppliedIsGooglesDeed(List<String> act) {
    PurchaseToken token = google.buy(ALICE);
    String before = google.store().subscription(token).toString();

    assertThat(act(token, act, "--apply", "--reason", "test", "--json"))
        .as(() -> shell.err())
        .isZero();

    assertThat(shell.out()).contains("\"applied\":true");
    assertThat(google.calls(act.getFirst())).isEqualTo(1);
    assertThat(google.store().subscription(token).toString()).isNotEqualTo(before);
  }

  @Test
  void whyGoogleWasAskedIsListed() {
    var _ = act(google.buy(ALICE), List.of("refund", "ORDER"), "--apply", "--reason", "complaint");

    assertThat(run("acts", "list", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("\"act\":\"store_asked\"", "\"reason\":\"complaint\"");
  }

  @Test
  void whatIsAppliedNeedsAReason() {
    assertThat(act(google.buy(ALICE), List.of("refund", "ORDER"), "--apply")).isEqualTo(2);

    assertThat(google.calls("token")).isZero();
  }

  @Test
  void aPlannedPullTakesNothing() {
    var _ = google.buy(ALICE);

    assertThat(run("google", "pull-once", "--json")).as(() -> shell.err()).isZero();

    assertThat(shell.out()).isEqualTo("{\"kept\":null,\"repeated\":null,\"applied\":false}\n");
    assertThat(google.unacknowledgedMessages()).isOne();
  }

  @Test
  void anActOnWhatGoogleDoesNotKnowFails() {
    assertThat(
            run(
                "google-purchase",
                "revoke",
                "nothing",
                "--back",
                "full",
                "--apply",
                "--reason",
                "test"))
        .isEqualTo(1);

    assertThat(shell.err()).contains("does not know it");
  }

  @ParameterizedTest
  @MethodSource("acts")
  void noActHappensInADryRun(List<String> act) {
    PurchaseToken token = google.buy(ALICE);
    environment.put("SESH_PRO_BACKEND_PROVIDER_DRY_RUN", "1");

    assertThat(act(token, act, "--apply", "--reason", "test")).isEqualTo(1);

    assertThat(google.calls("token")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "pull-once"})
  void nothingLeavesInADryRun(String command) {
    environment.put("SESH_PRO_BACKEND_PROVIDER_DRY_RUN", "1");

    assertThat(run("google", command)).isEqualTo(1);

    assertThat(shell.err()).contains("SESH_PRO_BACKEND_PROVIDER_DRY_RUN");
    assertThat(google.calls("token")).isZero();
  }

  @Test
  void whoeverAsksWithoutSettingsIsToldWhichAreMissing() {
    environment.remove("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY");

    assertThat(run("google", "ping")).isEqualTo(1);
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY");
  }
}
