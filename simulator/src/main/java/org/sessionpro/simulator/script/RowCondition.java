package org.sessionpro.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.Plan;

/// What must be true of one payment (`entitlement.md` §1.2, `wire-v1.md` §10.1).
public sealed interface RowCondition {
  /// What was sold.
  record Sold(Plan plan) implements RowCondition {}

  /// When it was bought.
  record Purchased(InstantValue at) implements RowCondition {}

  /// Paid-through.
  record Expiry(InstantValue at) implements RowCondition {}

  /// The store's own grace behind the expiry; null is none.
  record Grace(@Nullable Duration length) implements RowCondition {}

  record Renewing(boolean flag) implements RowCondition {}

  /// Whose it is; null is nobody's.
  record Owner(@Nullable String buyer) implements RowCondition {}

  /// How it came to its owner.
  record Claimed(ClaimedBy how) implements RowCondition {}

  /// When entitlement stopped.
  record RevokedAt(InstantValue at) implements RowCondition {}

  /// Why entitlement stopped.
  record RevokedFor(Reason reason) implements RowCondition {}

  /// When its money went back without entitlement stopping.
  record VoidedAt(InstantValue at) implements RowCondition {}

  /// End of the self-service refund.
  record RefundDeadline(InstantValue at) implements RowCondition {}

  /// Whether the store is still to be told.
  record AcknowledgementOwed(boolean owed) implements RowCondition {}

  /// Whether histories leave it out, because another payment shows the same money.
  record Hidden(boolean flag) implements RowCondition {}

  /// What is left of a credit; to within a minute, because it may be running out meanwhile.
  record Credit(Duration remaining) implements RowCondition {}

  /// Whether a licence tester bought it.
  record Test(boolean flag) implements RowCondition {}

  /// How payments come to their owners.
  enum ClaimedBy {
    TOUCH,
    ADD,
    CONTINUATION,
    TOKEN
  }

  /// Why entitlement stops.
  enum Reason {
    REFUND,
    FAMILY,
    SUPERSEDED,
    VOIDED,
    OPERATOR,
    REVOKED
  }

  /// Takes the conditions out of a line.
  ///
  /// @throws ScriptError if there is none
  static List<RowCondition> take(Words words) {
    List<RowCondition> taken = new ArrayList<>();
    words.option("plan", Plan::new).map(Sold::new).ifPresent(taken::add);
    words.option("purchased", InstantValue::parse).map(Purchased::new).ifPresent(taken::add);
    words.option("expiry", InstantValue::parse).map(Expiry::new).ifPresent(taken::add);
    words.option("grace").map(RowCondition::grace).ifPresent(taken::add);
    words.option("renewing", Words::yes).map(Renewing::new).ifPresent(taken::add);
    words
        .option("owner")
        .map(name -> new Owner(name.equals("none") ? null : name))
        .ifPresent(taken::add);
    words
        .option("claimed", word -> Words.constant(ClaimedBy.class, word))
        .map(Claimed::new)
        .ifPresent(taken::add);
    words.option("revoked", InstantValue::parse).map(RevokedAt::new).ifPresent(taken::add);
    words
        .option("reason", word -> Words.constant(Reason.class, word))
        .map(RevokedFor::new)
        .ifPresent(taken::add);
    words.option("voided", InstantValue::parse).map(VoidedAt::new).ifPresent(taken::add);
    words.option("refundable", InstantValue::parse).map(RefundDeadline::new).ifPresent(taken::add);
    words.option("ack", RowCondition::owed).map(AcknowledgementOwed::new).ifPresent(taken::add);
    words.option("hidden", Words::yes).map(Hidden::new).ifPresent(taken::add);
    words.option("credit", Span::parse).map(Span::duration).map(Credit::new).ifPresent(taken::add);
    words.option("test", Words::yes).map(Test::new).ifPresent(taken::add);
    if (taken.isEmpty()) {
      throw new ScriptError("a row is expected, but nothing is said about it");
    }
    return taken;
  }

  private static boolean owed(String word) {
    return switch (word) {
      case "owed" -> true;
      case "settled" -> false;
      default -> throw new ScriptError("an acknowledgement is owed or settled");
    };
  }

  private static Grace grace(String text) {
    return new Grace(text.equals("none") ? null : Span.parse(text).duration());
  }
}
