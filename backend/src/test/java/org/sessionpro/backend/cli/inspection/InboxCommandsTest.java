package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

@ParameterizedClass
@EnumSource(Engine.class)
class InboxCommandsTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private InspectedLedger it;

  /// Alice's subscription `token` is parked without a plan, a message about `other` cannot be read,
  /// and `fresh` was never looked at.
  @BeforeEach
  void fill() {
    it = new InspectedLedger(engine, folder).filled();
    inbox(inbox -> {
      inbox.enqueue(List.of(owed("token")), day(40));
      inbox.settle(
          AnyLane.claim(inbox, StoreProvider.GOOGLE, EnumSet.allOf(WorkKind.class), 1, day(40))
              .getFirst(),
          new Outcome.Parked(
              new Cause(ParkReason.UNKNOWN_PLAN, "weekly"), "the plan is not mapped"),
          day(40));
      inbox.put(
          new StoreMessage(
              new MessageId(StoreProvider.GOOGLE, "message-1"),
              "unknown",
              SubscriptionKey.google(new PurchaseToken("other")),
              day(41),
              ByteString.of("?".getBytes(StandardCharsets.UTF_8))),
          new Intake.Parked(ParkReason.UNDECODABLE, "not JSON", null),
          day(41));
      inbox.enqueue(List.of(owed("fresh")), day(45));
    });
  }

  private static Owed owed(String token) {
    return Owed.unannounced(WorkItem.reconcile(new PurchaseToken(token)));
  }

  private void inbox(Consumer<Inbox> work) {
    try (Database database = Databases.open(it.url)) {
      work.accept(new Inbox(database, new Random(1), new InboxRules(36, "1.0")));
    }
  }

  private List<StoredWork> left() {
    var left = new ArrayList<StoredWork>();
    inbox(inbox -> left.addAll(inbox.inspection().list(Filter.ALL, 100)));
    return left;
  }

  private JsonNode json() {
    try {
      return new ObjectMapper().readTree(it.out());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private List<String> texts(String member) {
    return json().get("items").findValues(member).stream().map(JsonNode::asText).toList();
  }

  @Test
  void theListBeginsWithWhatIsParked() {
    assertThat(it.run("inbox", "list", "--json")).isZero();

    assertThat(json().get("total").asInt()).isEqualTo(3);
    assertThat(texts("reason")).containsExactly("unknown_plan", "undecodable", "null");
    assertThat(texts("state")).containsExactly("parked", "parked", "due");
    assertThat(texts("detail")).containsExactly("weekly", "null", "null");
    assertThat(texts("bound")).containsExactly("true", "false", "false");
    assertThat(texts("message")).containsExactly("null", "unknown", "null");
  }

  @Test
  void idsAreDigestsUnlessAPersonAsksForThem() {
    it.run("inbox", "list");
    assertThat(it.out()).doesNotContain("token ", "message-1", "fresh");

    assertThat(it.run("inbox", "list", "--unmasked")).isEqualTo(2);

    assertThat(it.atTerminal().run("inbox", "list", "--unmasked")).isZero();
    assertThat(it.out()).contains("message-1", "fresh");
  }

  @Test
  void theListFitsATerminal() {
    assertThat(it.atTerminalOf(80).run("inbox", "list")).isZero();

    assertThat(it.out()).contains("To do");
    assertThat(it.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void theListCanBeNarrowed() {
    it.run("inbox", "list", "--provider", "google", "--reason", "undecodable", "--json");
    assertThat(texts("kind")).containsExactly("message");

    it.run("inbox", "list", "--provider", "apple", "--json");
    assertThat(json().get("total").asInt()).isZero();

    it.run("inbox", "list", "--limit", "1", "--json");
    assertThat(json().get("items")).hasSize(1);
    assertThat(json().get("total").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsOwedIsFoundByThePurchaseToo() {
    assertThat(it.run("inbox", "show", "other", "--json")).isZero();

    assertThat(texts("kind")).containsExactly("message");
    assertThat(texts("error")).containsExactly("not JSON");
    assertThat(texts("to_do")).containsExactly("update the program, or drop it");
  }

  @Test
  void anUnknownIdIsNamedAsSuch() {
    assertThat(it.run("inbox", "show", "nobody")).isOne();
    assertThat(it.err()).isEqualTo("pro: nothing of that name is owed\n");
  }

  @Test
  void whatIsTriedAgainIsParkedNoMore() {
    assertThat(it.run("inbox", "retry", "message-1", "--apply", "--json")).isZero();
    assertThat(json().get("retried").asInt()).isOne();
    assertThat(left()).filteredOn(one -> one.parked() != null).hasSize(1);

    assertThat(it.run("inbox", "retry", "--reason", "unknown_plan", "--apply")).isZero();
    assertThat(left()).allMatch(one -> one.parked() == null);
  }

  @Test
  void aRetryOfNothingIsMisuse() {
    assertThat(it.run("inbox", "retry")).isEqualTo(2);
  }

  @Test
  void nothingIsDroppedWithoutAReason() {
    assertThat(it.run("inbox", "drop", "message-1", "--apply")).isEqualTo(2);
    assertThat(it.run("inbox", "drop", "message-1", "--apply", "--reason", " ")).isEqualTo(2);
    assertThat(left()).hasSize(3);

    assertThat(it.run("inbox", "drop", "message-1", "--reason", "of no use", "--apply")).isZero();

    assertThat(left()).hasSize(2);
  }

  @Test
  void aPlanDropsNothing() {
    assertThat(it.run("inbox", "drop", "message-1", "fresh", "--json")).isZero();

    assertThat(json().get("dropped").asInt()).isEqualTo(2);
    assertThat(json().get("applied").asBoolean()).isFalse();
    assertThat(left()).hasSize(3);
  }

  @Test
  void severalAreDroppedAtOnce() {
    assertThat(it.run("inbox", "drop", "message-1", "fresh", "--reason", "spam", "--apply"))
        .isZero();

    assertThat(left()).hasSize(1);
    assertThat(it.run("acts", "list", "--json")).isZero();
    assertThat(json().get("acts").findValues("reason").toString())
        .isEqualTo("[\"spam\", \"spam\"]");
  }

  @Test
  void anUnknownIdIsToldApartAndHoldsTheOthersUpNoMore() {
    assertThat(it.run("inbox", "drop", "message-1", "nobody", "--reason", "x", "--apply", "--json"))
        .isZero();

    assertThat(json().get("dropped").asInt()).isOne();
    assertThat(texts("id")).containsExactly("message-1", "nobody");
    assertThat(texts("outcome")).containsExactly("dropped", "not_found");
    assertThat(left()).hasSize(2);
    it.run("acts", "list", "--json");
    assertThat(json().get("acts")).hasSize(1);
  }

  @Test
  void anIdUnderWhichNothingIsOwedIsAFailure() {
    assertThat(it.run("inbox", "drop", "nobody", "--reason", "x", "--apply")).isOne();
    assertThat(it.err()).isEqualTo("pro: nothing of that name is owed\n");
  }

  /// The act is no act if another process was faster.
  @Test
  void onlyWhatIsDroppedIsNoted() {
    WorkItem item = owed("fresh").item();
    try (Database database = Databases.open(it.url)) {
      Inbox inbox = new Inbox(database, new Random(1), new InboxRules(36, "1.0"));
      Ledger ledger =
          new Ledger(
              database, Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom())));
      OperatorAct act =
          new OperatorAct(OperatorAct.Kind.ITEM_DROPPED, "fresh", "dropped", "x", day(46));

      assertThat(ledger.operator().note(act, inbox.inspection().dropping(item, "x"))).isTrue();
      assertThat(ledger.operator().note(act, inbox.inspection().dropping(item, "x"))).isFalse();

      assertThat(ledger.operator().newest(10)).hasSize(1);
    }
  }

  @Test
  void aPlanOwesAndTriesNothing() {
    assertThat(it.run("inbox", "retry", "message-1")).isZero();
    assertThat(it.run("inbox", "reconcile", "new", "--provider", "google")).isZero();
    assertThat(it.run("inbox", "reconcile", "--all", "--provider", "google", "--json")).isZero();

    assertThat(json().get("owed").asInt()).isEqualTo(3);
    assertThat(left()).hasSize(3).filteredOn(one -> one.parked() != null).hasSize(2);
  }

  @Test
  void aComparisonIsOwedAfterwards() {
    assertThat(it.run("inbox", "reconcile", "new", "--provider", "google", "--apply")).isZero();

    assertThat(left()).extracting(StoredWork::item).contains(owed("new").item());
  }

  @Test
  void aTransactionThatNobodyKnowsIsLookedAtByItsOwnName() {
    assertThat(it.run("inbox", "reconcile", "2000000000000001", "--provider", "apple", "--apply"))
        .isZero();

    assertThat(left())
        .extracting(StoredWork::item)
        .contains(WorkItem.reconcile(new TransactionId("2000000000000001")));
  }

  @Test
  void allThatIsLiveOrRenewsCanBeCompared() {
    assertThat(it.run("inbox", "reconcile", "--all", "--provider", "google", "--apply", "--json"))
        .isZero();

    assertThat(json().get("owed").asInt()).isEqualTo(3);
    assertThat(left())
        .extracting(StoredWork::item)
        .contains(owed("token").item(), owed("other").item(), owed("strange").item());
  }

  @Test
  void oneAndAllExcludeEachOther() {
    assertThat(it.run("inbox", "reconcile", "--provider", "google")).isEqualTo(2);
    assertThat(it.run("inbox", "reconcile", "x", "--all", "--provider", "google")).isEqualTo(2);
    assertThat(it.run("inbox", "reconcile", "--all")).isEqualTo(2);
  }

  @Test
  void theDeadlineOfAPurchaseWithoutOwnerIsShown() {
    inbox(inbox ->
        inbox.settle(
            AnyLane.claim(inbox, StoreProvider.GOOGLE, EnumSet.allOf(WorkKind.class), 1, day(45))
                .getFirst(),
            new Outcome.Parked(new Cause(ParkReason.NO_OWNER, null, day(48)), "nobody's"),
            day(45)));

    it.run("inbox", "show", "fresh", "--json");

    assertThat(json().get("items").get(0).get("deadline_ts").asLong())
        .isEqualTo(day(48).getEpochSecond());
  }

  @Test
  void whatFailsForWantOfASettingSaysSoBeforeItIsGivenUp() {
    inbox(inbox ->
        inbox.settle(
            AnyLane.claim(inbox, StoreProvider.GOOGLE, EnumSet.allOf(WorkKind.class), 1, day(45))
                .getFirst(),
            new Outcome.Failed(
                ErrorClass.LOGIC,
                "not mapped",
                new Cause(ParkReason.UNKNOWN_PLAN, "daily", day(48))),
            day(45)));

    it.run("inbox", "list", "--reason", "unknown_plan", "--json");

    assertThat(texts("detail")).containsExactly("daily", "weekly");
    JsonNode failing = json().get("items").get(0);
    assertThat(failing.get("reason").asText()).isEqualTo("unknown_plan");
    assertThat(failing.get("deadline_ts").asLong()).isEqualTo(day(48).getEpochSecond());
    assertThat(failing.get("to_do").asText()).contains("base_plans");
  }
}
