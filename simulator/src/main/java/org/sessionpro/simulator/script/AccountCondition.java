package org.sessionpro.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What must be true of an account as its owner sees it (`wire-v1.md` §9).
public sealed interface AccountCondition {
  record Is(Status status) implements AccountCondition {}

  /// End of the paid term.
  record Expiry(Moment at) implements AccountCondition {}

  /// Span behind it during which service goes on: grace and allowance.
  record Grace(Duration length) implements AccountCondition {}

  record Renewing(boolean flag) implements AccountCondition {}

  /// How many payments its history counts.
  record Payments(int total) implements AccountCondition {}

  /// The words of `user_status`.
  enum Status {
    NEVER,
    ACTIVE,
    EXPIRED
  }

  /// Takes the conditions out of a line.
  ///
  /// @throws ScriptError if there is none
  static List<AccountCondition> take(Words words) {
    List<AccountCondition> taken = new ArrayList<>();
    words.maybeNext().map(word -> new Is(Words.constant(Status.class, word))).ifPresent(taken::add);
    words.option("expiry", Moment::parse).map(Expiry::new).ifPresent(taken::add);
    words.option("grace", Span::parse).map(Span::duration).map(Grace::new).ifPresent(taken::add);
    words.option("renewing", Words::yes).map(Renewing::new).ifPresent(taken::add);
    words.option("payments", Words::parseNumber).map(Payments::new).ifPresent(taken::add);
    if (taken.isEmpty()) {
      throw new ScriptError("an account is expected, but nothing is said about it");
    }
    return taken;
  }
}
