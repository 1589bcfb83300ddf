package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.store.apple.LoopbackApple;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.protocol.crypto.Crypto;

class AppleCommandsTest {
  private static final TestPki PKI = TestPki.withoutResponder();
  private static final Instant NOW = Payloads.SIGNED.plusSeconds(60);

  @TempDir Path folder;
  private LoopbackApple apple;
  private Map<String, String> environment;
  private DatabaseUrl url;
  private CapturedShell shell = new CapturedShell(Map.of());
  private boolean atTerminal;

  @BeforeEach
  void open() throws Exception {
    apple = new LoopbackApple(folder);
    url = Engine.SQLITE.empty(folder);
    Databases.open(url).close();
    environment = new HashMap<>();
    environment.put("SESH_PRO_BACKEND_DEV", "1");
    environment.put("SESH_PRO_BACKEND_DB_URL", Engine.text(url));
    environment.put("SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE", "1");
    set("BUNDLE_ID", apple.settings().app().bundle().value());
    set("ENVIRONMENT", "Sandbox");
    set("API_BASE_URL", apple.url().toString());
    set("MAX_REQUESTS_PER_SECOND", "50");
    set("ISSUER_ID", LoopbackApple.ISSUER);
    set("KEY_ID", LoopbackApple.KEY_ID);
    set("KEY_PATH", apple.key().toString());
    set("ALLOW_CUSTOM_ROOTS", "1");
    set(
        "ROOT_CERTIFICATES",
        Files.writeString(folder.resolve("root.pem"), PKI.rootAsPem()).toString());
  }

  private void set(String name, String value) {
    environment.put("SESH_PRO_BACKEND_APPLE_" + name, value);
  }

  @AfterEach
  void close() {
    apple.close();
  }

  private int run(String... words) {
    shell = atTerminal ? CapturedShell.watched(environment) : new CapturedShell(environment);
    AppleCommands commands = new AppleCommands(shell.shell(), Crypto::selfTested, () -> NOW);
    return PromisedMembers.run(shell, List.of(commands), words);
  }

  private void list(String... payloads) {
    StringBuilder items = new StringBuilder();
    for (String payload : payloads) {
      items.append(items.isEmpty() ? "" : ",").append("{'signedPayload':'" + payload + "'}");
    }
    apple.answers(200, "{'notificationHistory':[" + items + "],'hasMore':false}");
  }

  private static String news() {
    return Payloads.of(PKI, UUID.randomUUID(), "DID_RENEW").value();
  }

  @Test
  void aPingSaysWhatBecameOfTheTestNotification() {
    apple
        .answers(200, "{'testNotificationToken':'t'}")
        .answers(200, "{'sendAttempts':[{'sendAttemptResult':'SUCCESS'}]}");

    assertThat(run("apple", "ping", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("\"delivery\":\"SUCCESS\"");
  }

  @Test
  void aPingWaitsUntilAppleHasTriedIt() {
    apple
        .answers(200, "{'testNotificationToken':'t'}")
        .answers(404, "{'errorCode':4040008,'errorMessage':'x'}")
        .answers(200, "{'sendAttempts':[{'sendAttemptResult':'SUCCESS'}]}");

    assertThat(run("apple", "ping")).isZero();
  }

  @Test
  void aPingFailsIfTheServerDidNotTakeIt() {
    apple
        .answers(200, "{'testNotificationToken':'t'}")
        .answers(200, "{'sendAttempts':[{'sendAttemptResult':'TIMED_OUT'}]}");

    assertThat(run("apple", "ping")).isEqualTo(1);
    assertThat(shell.out()).contains("TIMED_OUT");
  }

  @Test
  void aPingFailsIfAppleDoesNotLetUsIn() {
    apple.answers(401, "");

    assertThat(run("apple", "ping")).isEqualTo(1);
    assertThat(shell.err()).contains("Unauthorized");
  }

  @Test
  void catchingUpKeepsWhatDidNotArrive() {
    String one = news();
    list(one, news());
    list(one);

    assertThat(run("apple", "catch-up", "--apply", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("\"kept\":2", "\"repeated\":0");
    assertThat(run("apple", "catch-up", "--apply", "--json")).isZero();
    assertThat(shell.out()).contains("\"kept\":0", "\"repeated\":1");
    assertThat(apple.asked().get(1).body())
        .contains("\"startDate\":" + NOW.minusSeconds(900).toEpochMilli());

    assertThat(run("apple", "status", "--json")).isZero();
    assertThat(shell.out())
        .contains(
            "\"enabled\":true",
            "\"environment\":\"Sandbox\"",
            "\"asks\":true",
            "\"caught_up_ts\":" + NOW.getEpochSecond(),
            "\"due\":3");
  }

  @Test
  void aPersonSeesHowMuchOfTheListIsRead() {
    String known = news();
    list(known);
    list(known, news(), news());
    run("apple", "catch-up", "--apply");
    atTerminal = true;

    assertThat(run("apple", "catch-up", "--apply")).isZero();
    assertThat(shell.err())
        .startsWith("\rthe list is read")
        .contains("\rthe list is read: 2 new, 1 known")
        .endsWith("\r");
  }

  @Test
  void catchingUpThatFailsIsNotNotedAsDone() {
    apple.answers(500, "");

    assertThat(run("apple", "catch-up", "--apply")).isEqualTo(1);
    assertThat(shell.err()).contains("not read to its end");
    assertThat(run("apple", "status", "--json")).isZero();
    assertThat(shell.out())
        .contains("\"caught_up_ts\":null", "\"failed_ts\":" + NOW.getEpochSecond());
  }

  @Test
  void catchingUpSaysThatAnotherProcessDoesSo() {
    try (var database = Databases.open(url)) {
      var _ =
          new Leases(database)
              .take(
                  CatchUpNotifications.NAME,
                  new LeaseHolder("0123456789abcdef"),
                  NOW,
                  NOW.plusSeconds(60));

      assertThat(run("apple", "catch-up", "--apply")).isEqualTo(1);
      assertThat(shell.err()).contains("another process catches up");
    }
  }

  @Test
  void whatCannotBeUsedIsListed() {
    list("nonsense");
    assertThat(run("apple", "catch-up", "--apply")).isZero();

    assertThat(run("apple", "parked", "--json")).isZero();
    assertThat(shell.out()).contains("\"total\":1", "\"reason\":\"verification\"");
  }

  /// The id of what is parked then.
  private String parkedItem() {
    list("nonsense");
    assertThat(run("apple", "catch-up", "--apply")).isZero();
    try (var database = Databases.open(url)) {
      return new Inbox(database, new SecureRandom(), new InboxRules(36, "test"))
          .inspection()
          .list(Filter.ALL, 1)
          .getFirst()
          .item()
          .key();
    }
  }

  private int parkedItems() {
    assertThat(run("apple", "parked", "--json")).isZero();
    return shell.out().contains("\"total\":1") ? 1 : 0;
  }

  @Test
  void whatIsParkedIsTriedAgainOnceThatIsApplied() {
    String id = parkedItem();

    assertThat(run("apple", "parked", "retry", id, "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("\"retried\":1,\"applied\":false");
    assertThat(parkedItems()).isOne();
    assertThat(run("apple", "parked", "retry", "--apply", "--json")).isZero();

    assertThat(shell.out()).contains("\"retried\":1,\"applied\":true");
    assertThat(parkedItems()).isZero();
  }

  @Test
  void whatIsParkedIsDroppedForAReason() {
    String id = parkedItem();

    assertThat(run("apple", "parked", "drop", "--apply", "--reason", "x")).isEqualTo(2);
    assertThat(run("apple", "parked", "drop", id, "--apply")).isEqualTo(2);
    assertThat(run("apple", "parked", "drop", "another", "--apply", "--reason", "x")).isEqualTo(1);
    assertThat(run("apple", "parked", "drop", id, "--json")).isZero();
    assertThat(shell.out()).contains("{\"dropped\":1,\"items\":[").contains("\"applied\":false");
    assertThat(parkedItems()).isOne();
    assertThat(run("apple", "parked", "drop", id, "--apply", "--reason", "junk")).isZero();

    assertThat(parkedItems()).isZero();
  }

  @Test
  void anIdUnderWhichNothingIsParkedHoldsUpNoOther() {
    String id = parkedItem();

    assertThat(run("apple", "parked", "drop", "another", id, "--apply", "--reason", "x", "--json"))
        .isZero();

    assertThat(shell.out())
        .contains("\"outcome\":\"dropped\"}")
        .contains("{\"id\":\"another\",\"provider\":null,\"kind\":null,\"outcome\":\"not_found\"}");
    assertThat(parkedItems()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "catch-up"})
  void nothingLeavesADryRun(String verb) {
    environment.put("SESH_PRO_BACKEND_PROVIDER_DRY_RUN", "1");

    assertThat(run("apple", verb)).isEqualTo(1);
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_PROVIDER_DRY_RUN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "catch-up"})
  void withoutTheAppStoreThereIsNothingToAsk(String verb) {
    environment.put("SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE", "0");

    assertThat(run("apple", verb)).isEqualTo(1);
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "catch-up"})
  void withoutAKeyNobodyIsAsked(String verb) {
    List.of("ISSUER_ID", "KEY_ID", "KEY_PATH")
        .forEach(name -> environment.remove("SESH_PRO_BACKEND_APPLE_" + name));

    assertThat(run("apple", verb)).isEqualTo(1);
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_APPLE_KEY_PATH");
  }

  @Test
  void aKeyThatIsNoneIsRefusedByTheNameOfItsSetting() throws Exception {
    Files.writeString(apple.key(), "secret");

    assertThat(run("apple", "ping")).isEqualTo(1);
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_APPLE_KEY_PATH").doesNotContain("secret");
  }
}
