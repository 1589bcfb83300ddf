package org.sessionpro.simulator.script;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.script.Expectation.Calls;
import org.sessionpro.simulator.script.Expectation.Range;
import org.sessionpro.simulator.script.Expectation.Rate;
import org.sessionpro.simulator.script.ServerExpectation.AlertLevel;
import org.sessionpro.simulator.script.ServerExpectation.FactKind;
import org.sessionpro.simulator.script.ServerExpectation.ParkReason;
import org.sessionpro.simulator.script.ServerExpectation.WorkKind;
import org.sessionpro.simulator.script.ServerExpectation.WorkState;

/// Reads what follows `expect`.
///
/// | expectation | meaning |
/// |---|---|
/// | `rows PURCHASE N` | payments kept for a purchase; N is `2`, `2..` or `1..3` |
/// | `row PURCHASE#N CONDITION…`, `no-row PURCHASE#N` | the payment of a cycle; conditions as in [RowCondition] |
/// | `account BUYER [never\|active\|expired] CONDITION…` | as its owner sees it; conditions as in [AccountCondition] |
/// | `generation BUYER none\|N [live\|revoked]` | its generation of proofs; none without an account |
/// | `list N` | entries of the revocation list since the script began |
/// | `work PURCHASE none\|waiting\|retrying\|parked [kind=…] [reason=…] [attempts=N]` | what is owed |
/// | `inbox [done=N] [parked=N] [reason=…]` | messages since the script began |
/// | `fact PURCHASE[#N] KIND [count=N] [reason=WORD] [at=INSTANT]` | what is recorded |
/// | `alert LEVEL\|any ABOUT [times N]` | somebody was told since the script began, that often |
/// | `metric NAME [LABEL=VALUE…] N` | what a metric shows; one that ends in `_total`, since the script began |
/// | `unchanged BUYER` | nothing was written since `remember` |
/// | `truth` | rows and accounts equal the store's truth |
/// | `calls ENDPOINT [of=PURCHASE] N` | requests since the script began |
/// | `rate ENDPOINT N` | no stretch of S seconds since the script began has more than N × (S + 1) requests |
///
/// Instants are `@label…`, `paid` (the end of what the store has been paid for), `any` or `none`. All
/// other expectations are the store's, as its [Vocabulary] has them.
final class ExpectationParser {
  private final List<Vocabulary> vocabularies;

  ExpectationParser(List<Vocabulary> vocabularies) {
    this.vocabularies = vocabularies;
  }

  Expectation parse(Words words) {
    String noun = words.next("what is expected");
    return switch (noun) {
      case "rows" ->
          new ServerExpectation.Rows(words.next("a purchase"), Range.parse(words.next("a number")));
      case "row" ->
          new ServerExpectation.Row(
              CycleRef.parse(words.next("a cycle")), RowCondition.take(words));
      case "no-row" -> new ServerExpectation.NoRow(CycleRef.parse(words.next("a cycle")));
      case "account" ->
          new ServerExpectation.Account(words.next("a buyer"), AccountCondition.take(words));
      case "generation" -> generation(words);
      case "list" -> new ServerExpectation.RevocationList(words.number("how many"));
      case "work" -> work(words);
      case "inbox" ->
          new ServerExpectation.Inbox(
              words.option("done", Words::parseNumber).orElse(null),
              words.option("parked", Words::parseNumber).orElse(null),
              reason(words));
      case "fact" -> fact(words);
      case "alert" -> alert(words);
      case "metric" ->
          new ServerExpectation.Metric(
              words.next("a metric"), words.options(), Range.parse(words.next("a number")));
      case "unchanged" -> new ServerExpectation.Unchanged(words.next("a buyer"));
      case "truth" -> new ServerExpectation.Truth();
      case "calls" -> calls(words);
      case "rate" -> new Rate(endpoint(words), words.number("how many"));
      default -> ofStore(noun, words);
    };
  }

  private Expectation ofStore(String noun, Words words) {
    return vocabularies.stream()
        .flatMap(vocabulary -> vocabulary.expectation(noun, words).stream())
        .findFirst()
        .orElseThrow(() -> new ScriptError("'" + noun + "' cannot be expected"));
  }

  private static ServerExpectation generation(Words words) {
    String buyer = words.next("a buyer");
    if (words.takes("none")) {
      return new ServerExpectation.Generation(buyer, 0, false);
    }
    int ordinal = words.number("which one");
    String state = words.maybeNext().orElse("live");
    if (!state.equals("live") && !state.equals("revoked")) {
      throw new ScriptError("a generation is live or revoked");
    }
    return new ServerExpectation.Generation(buyer, ordinal, state.equals("revoked"));
  }

  private static ServerExpectation alert(Words words) {
    String level = words.next("a level or any");
    return new ServerExpectation.Alert(
        level.equals("any") ? null : Words.constant(AlertLevel.class, level),
        words.next("what it is about"),
        words.takes("times")
            ? Range.parse(words.next("how often"))
            : new Range(1, Range.UNBOUNDED));
  }

  private static ServerExpectation work(Words words) {
    return new ServerExpectation.Work(
        words.next("a purchase"),
        words.option("kind", word -> Words.constant(WorkKind.class, word)).orElse(null),
        Words.constant(WorkState.class, words.next("its state")),
        reason(words),
        words.option("attempts", Words::parseNumber).orElse(null));
  }

  private static @Nullable ParkReason reason(Words words) {
    return words.option("reason", word -> Words.constant(ParkReason.class, word)).orElse(null);
  }

  private static ServerExpectation fact(Words words) {
    String about = words.next("a purchase or a cycle");
    @Nullable CycleRef cycle = CycleRef.isCycle(about) ? CycleRef.parse(about) : null;
    return new ServerExpectation.Fact(
        cycle == null ? about : cycle.purchase(),
        cycle,
        Words.constant(FactKind.class, words.next("a kind of fact")),
        words.option("count", Range::parse).orElse(new Range(1, 1)),
        words.option("reason").orElse(null),
        words.option("at", InstantValue::parse).orElse(null));
  }

  private Expectation calls(Words words) {
    String endpoint = endpoint(words);
    String subject = words.option("of").orElse(null);
    return new Calls(endpoint, subject, Range.parse(words.next("a number")));
  }

  private String endpoint(Words words) {
    String word = words.next("an endpoint");
    if (vocabularies.stream().noneMatch(vocabulary -> vocabulary.knowsEndpoint(word))) {
      throw new ScriptError("'" + word + "' is no endpoint");
    }
    return word;
  }
}
