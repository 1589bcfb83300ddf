package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.ALICE;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.BOB;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Damage;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.Explanation.AccountEvent;
import org.sessionpro.backend.entitlement.Explanation.CreditState;
import org.sessionpro.backend.entitlement.Explanation.GenerationEvent;
import org.sessionpro.backend.entitlement.Explanation.PaymentEvent;
import org.sessionpro.backend.entitlement.Explanation.ProofBound;
import org.sessionpro.backend.entitlement.Explanation.Role;
import org.sessionpro.backend.entitlement.Explanation.Rule;
import org.sessionpro.backend.entitlement.Explanation.Standing;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.entitlement.Waiting.WaitsFor;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.PurchaseToken;

/// What the commands print of the accounts of [InspectedLedger], on day 45.
@ParameterizedClass
@EnumSource(Engine.class)
class AccountCommandsTest {
  private static final String DIGEST = "[0-9a-f]{10}";

  /// No test changes anything, so all share one ledger for each engine.
  private static final Map<Engine, DatabaseUrl> LEDGERS = new EnumMap<>(Engine.class);

  /// What both verbs print of Alice, by engine and verb.
  private static final Map<String, JsonNode> OF_ALICE = new HashMap<>();

  @TempDir private static Path folder;
  @Parameter Engine engine;
  private InspectedLedger it;

  @BeforeEach
  void fill() {
    DatabaseUrl url =
        LEDGERS.computeIfAbsent(engine, empty -> new InspectedLedger(empty, folder).filled().url);
    it = new InspectedLedger(url, folder);
  }

  private JsonNode ofAlice(String verb) {
    return OF_ALICE.computeIfAbsent(engine + verb, _ -> json("account", verb, ALICE.hex()));
  }

  private JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    assertThat(it.run(all.toArray(String[]::new))).as(it.err()).isZero();
    return parse(it.out());
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static long ts(int days, Duration more) {
    return day(days).plus(more).getEpochSecond();
  }

  private static long ts(int days) {
    return ts(days, Duration.ZERO);
  }

  private static final Duration HOUR = Duration.ofHours(1);

  /// A member, as a path into the output, and what it must read, as a pattern of its JSON.
  record Member(String path, String pattern) {
    static Member of(String path, Object json) {
      return new Member(path, Pattern.quote(json.toString()));
    }

    static Member text(String path, String text) {
      return of(path, "\"" + text + "\"");
    }

    static Member masked(String path, String kind) {
      return new Member(path, "\"" + kind + ":" + DIGEST + "\"");
    }
  }

  static Stream<Member> shown() {
    return Stream.of(
        Member.masked("/account", "master"),
        Member.text("/user_status", "active"),
        Member.of("/expiry_ts", ts(90)),
        Member.of("/coverage_end_ts", ts(93, HOUR)),
        Member.of("/auto_renewing", true),
        Member.of("/store_grace_duration", 259_200),
        Member.of("/carrier", 3),
        Member.of("/credits_checkpoint_ts", ts(31)),
        Member.of("/generation", 2),
        new Member("/proof_offset_duration", "[0-9]{1,5}"),
        Member.of("/proofs_total", 0),
        Member.of("/proofs_window", 0),
        Member.of("/proofs_late", 0),
        Member.of("/proofs_window_start_ts", "null"),
        Member.of("/payments/0/id", 1),
        Member.of("/payments/0/asked", false),
        Member.masked("/payments/0/subscription", "token"),
        Member.masked("/payments/0/cycle", "order"),
        Member.text("/payments/0/provider", "google_play"),
        Member.text("/payments/0/plan", "1m"),
        Member.of("/terms/0/id", 1),
        Member.text("/terms/0/status", "expired"),
        Member.of("/terms/0/purchased_ts", ts(0)),
        Member.of("/terms/0/expiry_ts", ts(30)),
        Member.of("/terms/2/auto_renewing", true),
        Member.of("/terms/2/store_grace_duration", 259_200),
        Member.text("/payments/1/provider", "stf"),
        Member.text("/terms/1/status", "redeemed"),
        Member.of("/terms/1/granted_duration", 2_592_000),
        Member.of("/terms/1/remaining_duration", 2_592_000),
        Member.of("/dealings/0/id", 1),
        Member.text("/dealings/0/source", "store"),
        Member.of("/dealings/0/redeemed_ts", ts(0)),
        Member.text("/dealings/2/redeemed_how", "continuation"),
        Member.of("/dealings/0/refund_deadline_ts", ts(2)),
        Member.of("/dealings/1/refund_deadline_ts", "null"),
        Member.text("/dealings/0/acknowledgement", "not_needed"),
        Member.of("/dealings/0/refund_requested_ts", "null"),
        Member.of("/dealings/0/revoked_ts", "null"),
        Member.of("/dealings/0/revoked_for", "null"),
        Member.of("/generations/0/generation", 1),
        Member.masked("/generations/0/tag", "tag"),
        Member.of("/generations/0/issued_ts", ts(0)),
        Member.of("/generations/0/revoked_ts", ts(6)),
        Member.of("/generations/0/effective_ts", ts(7, HOUR.multipliedBy(2))),
        Member.of("/generations/0/unlisted_ts", ts(37)),
        Member.of("/generations/1/unlisted_ts", "null"),
        Member.of("/payments/3/id", 4),
        Member.of("/waiting/0/id", 4),
        Member.text("/waiting/0/waits_for", "google_account_id"),
        Member.of("/waiting/0/purchased_ts", ts(40)),
        Member.of("/waiting/0/expiry_ts", ts(70)),
        Member.of("/waiting/0/revoked_ts", "null"),
        Member.text("/waiting/0/acknowledgement", "not_needed"),
        Member.of("/differences", "[]"),
        Member.masked("/subscriptions/0/subscription", "token"),
        Member.of("/subscriptions/0/state", "null"),
        Member.of("/subscriptions/0/next_product", "null"),
        Member.of("/subscriptions/0/stated_ts", "null"),
        Member.of("/subscriptions/0/resume_ts", "null"),
        Member.of("/subscriptions/0/reconciled_ts", "null"),
        Member.of("/subscriptions/0/test", false),
        Member.of("/remarks", "[]"));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void showsMember(Member member) {
    JsonNode shown = ofAlice("show");

    assertThat(shown.at(member.path()).toString()).matches(member.pattern());
  }

  static Stream<Member> explained() {
    Duration lead = Duration.ofMinutes(61);
    return Stream.of(
        Member.of("/at_ts", ts(45)),
        Member.of("/as_of_ts", "null"),
        Member.masked("/account", "master"),
        Member.text("/user_status", "active"),
        Member.text("/standing", "active"),
        Member.text("/rule", "credits_follow"),
        Member.text("/why", "payment 3 covers longest, then credits of 30 d"),
        Member.of("/carrier", 3),
        Member.of("/expiry_ts", ts(90)),
        Member.of("/store_grace_duration", 259_200),
        Member.of("/auto_renewing", true),
        Member.of("/coverage_end_ts", ts(93, HOUR)),
        Member.of("/settled_ts", ts(45)),
        Member.of("/credits_checkpoint_ts", ts(45)),
        Member.of("/generation", 2),
        Member.text("/proof", "issued"),
        Member.text("/proof_bound", "rolling_cap"),
        new Member("/proof_expiry_ts", "[0-9]+"),
        Member.of("/proof_earliest_ts", ts(74, lead)),
        Member.of("/proof_latest_ts", ts(75, lead)),
        new Member("/proof_last_request_ts", "[0-9]+"),
        Member.of("/payments/0/id", 3),
        Member.of("/payments/0/asked", false),
        Member.masked("/payments/0/subscription", "token"),
        Member.masked("/payments/0/cycle", "order"),
        Member.text("/payments/1/provider", "stf"),
        Member.text("/payments/0/plan", "1m"),
        Member.of("/parts/0/id", 3),
        Member.text("/parts/2/status", "expired"),
        Member.text("/parts/0/role", "carries"),
        Member.text("/parts/1/role", "live_credit"),
        Member.text("/parts/2/role", "older_cycle"),
        Member.of("/parts/2/because_of", 3),
        Member.of("/parts/2/purchased_ts", ts(0)),
        Member.of("/parts/0/term_end_ts", ts(60)),
        Member.of("/parts/0/coverage_end_ts", ts(63, HOUR)),
        Member.of("/credits/0/id", 2),
        Member.text("/credits/0/state", "waiting"),
        Member.of("/credits/0/granted_duration", 2_592_000),
        Member.of("/credits/0/remaining_duration", 2_592_000),
        Member.of("/credits/0/from_ts", ts(63, HOUR)),
        Member.of("/credits/0/until_ts", ts(93, HOUR)),
        Member.of("/generations/1/generation", 2),
        Member.masked("/generations/0/tag", "tag"),
        Member.of("/generations/0/issued_ts", ts(0)),
        Member.of("/generations/0/revoked_ts", ts(6)),
        Member.of("/generations/0/effective_ts", ts(7, HOUR.multipliedBy(2))),
        Member.of("/generations/0/unlisted_ts", ts(37)),
        Member.of("/payments/3/id", 4),
        Member.of("/waiting/0/id", 4),
        Member.text("/waiting/0/waits_for", "google_account_id"),
        Member.of("/waiting/0/purchased_ts", ts(40)),
        Member.of("/waiting/0/expiry_ts", ts(70)),
        Member.of("/waiting/0/revoked_ts", "null"),
        Member.text("/waiting/0/acknowledgement", "not_needed"),
        Member.of("/next/0/when_ts", ts(60)),
        Member.text("/next/0/event", "renewal_due"),
        Member.text("/next/0/of", "payment 3"),
        Member.of("/facts/0/learned_ts", ts(0)),
        Member.of("/facts/0/happened_ts", ts(0)),
        Member.text("/facts/0/of", "payment 1"),
        Member.of("/facts/0/number", 1),
        Member.text("/facts/0/fact", "witnessed"),
        Member.text("/facts/0/detail", "plan=1m source=store binding=stated"));
  }

  @ParameterizedTest
  @MethodSource("explained")
  void explainsMember(Member member) {
    JsonNode explained = ofAlice("explain");

    assertThat(explained.at(member.path()).toString()).matches(member.pattern());
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void everyMemberIsTestedAndDocumented(String verb) {
    Set<String> printed = names(ofAlice(verb), "");
    Set<String> tested = new TreeSet<>();
    (verb.equals("show") ? shown() : explained())
        .forEach(member -> tested.add(member.path().replaceAll("/[0-9]+/", "/")));
    it.run("account", verb, "--help");

    assertThat(tested).containsAll(printed);
    assertThat(words(it.out()))
        .containsAll(printed.stream().map(AccountCommandsTest::last).toList());
  }

  static Stream<String> vocabulary() {
    Stream<Enum<?>> constants =
        Stream.<Enum<?>[]>of(
                Standing.values(),
                ProofBound.values(),
                CreditState.values(),
                AccountEvent.values(),
                PaymentEvent.values(),
                GenerationEvent.values(),
                WaitsFor.values())
            .flatMap(Arrays::stream);
    Stream<String> records =
        Stream.of(Role.class, Rule.class)
            .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
            .map(type -> type.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1"));
    return Stream.concat(constants.map(Enum::name), records)
        .map(word -> word.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("vocabulary")
  void everyWordOfAnExplanationIsDocumented(String word) {
    it.run("account", "explain", "--help");

    assertThat(words(it.out())).contains(word);
  }

  /// The paths of all members, without the places in tables; a table without rows stands for
  /// itself.
  static Set<String> names(JsonNode object, String prefix) {
    Set<String> names = new TreeSet<>();
    object
        .properties()
        .forEach(member -> {
          String path = prefix + "/" + member.getKey();
          if (member.getValue().isArray() && !member.getValue().isEmpty()) {
            names.addAll(names(member.getValue().get(0), path));
          } else {
            names.add(path);
          }
        });
    return names;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Pattern.compile("[a-z_]+").matcher(text).results().map(MatchResult::group).forEach(words::add);
    return words;
  }

  static Stream<String> ids() {
    return Stream.of(
        "order-1",
        "order-2",
        "token",
        "token|order-1",
        "voucher-1",
        ALICE.hex(),
        "0x" + ALICE.hex(),
        ALICE.hex().toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anyIdLeadsToTheAccount(String id) {
    assertThat(json("account", "show", id).at("/carrier").asInt()).isEqualTo(3);
  }

  @Test
  void whatWasHeardOfASubscriptionAsAWholeStandsInTheTimeline() {
    try (Ledger ledger = it.open()) {
      ledger
          .subscriptions()
          .hear(
              SubscriptionKey.google(new PurchaseToken("token")),
              List.of(LossHeard.revoked(day(44))),
              Premise.none(),
              InTransaction.nothing(),
              day(44));
    }

    assertThat(it.run("account", "explain", ALICE.hex())).isZero();

    assertThat(it.out())
        .containsPattern("subscription token:[0-9a-f]+ +1 +loss_heard +loss=revoked");
  }

  @Test
  void thePaymentsThatBearTheIdAreMarked() {
    JsonNode shown = json("account", "show", "order-2");

    assertThat(shown.at("/payments/2/asked").asBoolean()).isTrue();
    assertThat(shown.at("/payments/0/asked").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void noIdIsShownUnlessAskedFor(String verb) {
    for (String format : List.of("--json", "--dev")) {
      it.run("account", verb, "order-2", format);

      assertThat(it.out() + it.err())
          .isNotEmpty()
          .doesNotContain("order-", "\"token\"", "voucher-1", ALICE.hex());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void fullIdsAreShownAtATerminal(String verb) {
    it.atTerminal();

    JsonNode shown = json("account", verb, "order-2", "--unmasked");

    assertThat(shown.at("/account").asText()).isEqualTo(ALICE.hex());
    assertThat(shown.findValuesAsText("cycle")).contains("order-1", "voucher-1", "order-9");
    assertThat(shown.findValuesAsText("subscription")).contains("token", "voucher-1");
    assertThat(shown.findValuesAsText("tag")).allMatch(tag -> tag.matches("[0-9a-f]{64}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void fullIdsGoNowhereElse(String verb) {
    assertThat(it.run("account", verb, "order-2", "--unmasked")).isEqualTo(2);
    assertThat(it.err()).startsWith("pro: --unmasked shows ids at a terminal only");
    assertThat(it.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void anUnclaimedPaymentSaysWhatItWaitsForAndNotWhose(String verb) {
    it.atTerminal();

    JsonNode shown = json("account", verb, "order-7", "--unmasked");

    assertThat(shown.at("/account").isNull()).isTrue();
    assertThat(shown.at("/user_status").asText()).isEqualTo("never");
    assertThat(shown.at("/waiting/0/waits_for").asText()).isEqualTo("google_account_id");
    assertThat(it.out()).doesNotContain(BOB.hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void anUnclaimedPaymentHasTheMembersOfAnAccount(String verb) {
    JsonNode account = ofAlice(verb);
    JsonNode unclaimed = json("account", verb, "order-7");

    assertThat(unclaimed.propertyStream().map(Map.Entry::getKey))
        .containsExactlyElementsOf(account.propertyStream().map(Map.Entry::getKey).toList());
  }

  @Test
  void aKeyWithoutAccountShowsWhatWaitsForIt() {
    assertThat(json("account", "show", BOB.hex()).at("/waiting/0/id").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "explain"})
  void anUnknownIdIsOneLineThatDoesNotRepeatIt(String verb) {
    assertThat(it.run("account", verb, "order-404")).isOne();
    assertThat(it.err()).isEqualTo("pro: no account and no payment is known by that key or id\n");
    assertThat(it.out()).isEmpty();
  }

  @Test
  void anImpossibleIdIsRefusedWithoutRepeatingIt() {
    assertThat(it.run("account", "show", "x".repeat(3_000))).isEqualTo(2);
    assertThat(it.err())
        .contains("must be a master key or the id of a payment")
        .doesNotContain("xxx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE facts SET body = 'nonsense' WHERE subject = 'payment' AND subject_id = 1",
        "UPDATE facts SET kind = 'unheard_of' WHERE subject = 'account' AND number = 1",
        "UPDATE payments SET provider = 'nobody' WHERE id = 1",
        "DELETE FROM facts WHERE subject = 'payment' AND subject_id = 1 AND number = 1"
      })
  void damageIsOneLineThatNamesTheDoctor(String damage) {
    InspectedLedger damaged = new InspectedLedger(engine, folder).filled();
    Damage.to(damaged.url, damage);

    assertThat(damaged.run("account", "show", ALICE.hex())).isOne();
    assertThat(damaged.err())
        .hasLineCount(1)
        .startsWith("pro: what is stored about it is damaged, see pro doctor: ");
  }

  @Test
  void lookingNeverMakesALedger() {
    Path none = folder.resolve("none.db");

    assertThat(it.runAsIs("account", "show", "order-1", "--db", "sqlite:///" + none)).isOne();
    assertThat(it.err()).isEqualTo("pro: there is no ledger at " + none + "\n");
    assertThat(none).doesNotExist();
  }

  @Test
  void asOfADayOnlyWhatWasLearnedByThenCounts() {
    JsonNode explained = json("account", "explain", ALICE.hex(), "--as-of", "2026-01-02");

    assertThat(explained.at("/as_of_ts").asLong()).isEqualTo(ts(1));
    assertThat(explained.at("/rule").asText()).isEqualTo("term_carries");
    assertThat(explained.at("/carrier").asInt()).isEqualTo(1);
    assertThat(explained.at("/coverage_end_ts").asLong()).isEqualTo(ts(30, HOUR));
    assertThat(explained.at("/standing").asText()).as("on day 45").isEqualTo("ended");
    assertThat(explained.at("/generation").asInt()).isEqualTo(1);
    assertThat(explained.at("/waiting")).isEmpty();
    assertThat(explained.at("/facts")).hasSize(5);
  }

  @Test
  void beforeTheFirstFactThereIsNoAccount() {
    JsonNode explained = json("account", "explain", ALICE.hex(), "--as-of", "2025-12-31");

    assertThat(explained.at("/standing").asText()).isEqualTo("never");
    assertThat(explained.at("/proof").asText()).isEqualTo("not_subscribed");
    assertThat(explained.at("/facts")).isEmpty();
  }

  @Test
  void aRevokedGenerationIsExplainedAsOfItsDay() {
    JsonNode explained =
        json(
            "account",
            "explain",
            ALICE.hex(),
            "--as-of",
            "2026-01-07T00:00:00Z",
            "--at",
            "1767744000");

    assertThat(explained.at("/at_ts").asLong()).isEqualTo(1_767_744_000);
    assertThat(explained.at("/generation").asInt()).isEqualTo(2);
    assertThat(explained.findValuesAsText("event"))
        .contains("revocation_takes_effect", "revocation_unlisted");
  }

  @Test
  void afterTheEndProofsAreRefused() {
    JsonNode explained =
        json("account", "explain", ALICE.hex(), "--at", "2026-07-01T02:00:00+02:00");

    assertThat(explained.at("/at_ts").asLong()).isEqualTo(1_782_864_000);
    assertThat(explained.at("/standing").asText()).isEqualTo("ended");
    assertThat(explained.at("/user_status").asText()).isEqualTo("expired");
    assertThat(explained.at("/proof").asText()).isEqualTo("subscription_expired");
    assertThat(explained.at("/proof_bound").asText()).isEqualTo("coverage_end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01", "", "-5", "99999999999999", "10000-01-01"})
  void anInstantThatIsNoneIsRefused(String text) {
    assertThat(it.run("account", "explain", "order-1", "--at=" + text)).isEqualTo(2);
    assertThat(it.err()).hasLineCount(1).contains("'--at'");
  }

  @Test
  void theTimelineIsInTheOrderOfLearning() {
    JsonNode facts = ofAlice("explain").at("/facts");
    List<Long> learned = new ArrayList<>();
    facts.forEach(fact -> learned.add(fact.at("/learned_ts").asLong()));

    assertThat(learned).isSorted().contains(ts(30, Duration.ofSeconds(2)));
    assertThat(facts.findValuesAsText("fact"))
        .containsSubsequence(
            "witnessed",
            "terms_stated",
            "claimed",
            "generation_issued",
            "offset_drawn",
            "credit_opened",
            "operator_note",
            "generation_revoked",
            "generation_issued");
    assertThat(facts.findValuesAsText("detail"))
        .contains(
            "reason=key lost",
            "grace=3d renewing=yes billing_retry=yes",
            "how=continuation",
            "length=30d");
  }
}
