package org.sessionpro.simulator.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.script.Expectation.Range;

/// Something that must be true inside the server under test. Names are those of the script; a
/// [Scene] turns them into the store's.
public sealed interface ServerExpectation extends Expectation {
  /// How many payments the server keeps for a purchase, or for all those that a name with `*` at its
  /// end means.
  record Rows(String purchase, Range count) implements ServerExpectation {}

  /// What it keeps for one cycle.
  record Row(CycleRef cycle, List<RowCondition> conditions) implements ServerExpectation {
    public Row {
      conditions = List.copyOf(conditions);
    }
  }

  /// It keeps nothing for one cycle.
  record NoRow(CycleRef cycle) implements ServerExpectation {}

  /// How it sees an account; looked up without touching it, which would bind what waits for it.
  record Account(String buyer, List<AccountCondition> conditions) implements ServerExpectation {
    public Account {
      conditions = List.copyOf(conditions);
    }
  }

  /// Which generation of proofs an account is in.
  ///
  /// @param ordinal 1 for the first; 0 for none, because there is no account
  record Generation(String buyer, int ordinal, boolean revoked) implements ServerExpectation {}

  /// How many entries the revocation list has more than when the script began.
  record RevocationList(int entries) implements ServerExpectation {}

  /// What is still to be done about a purchase.
  ///
  /// @param kind of the work; null is any
  /// @param reason why it is parked; null is whatever
  /// @param attempts how often it has failed; null is any number
  record Work(
      String purchase,
      @Nullable WorkKind kind,
      WorkState state,
      @Nullable ParkReason reason,
      @Nullable Integer attempts)
      implements ServerExpectation {}

  /// How many messages the server has received since the script began, and what became of them.
  ///
  /// @param done handled; null is any number
  /// @param parked stored for somebody to look at; null is any number
  /// @param reason why they are parked; null is whatever
  record Inbox(@Nullable Integer done, @Nullable Integer parked, @Nullable ParkReason reason)
      implements ServerExpectation {}

  /// How often a fact is recorded of a purchase.
  ///
  /// @param cycle the cycle it names; null if it is about the purchase as a whole
  /// @param reason the fact's own word, as in `REVOKED`; null is any
  /// @param at when it happened; null is whenever
  record Fact(
      String purchase,
      @Nullable CycleRef cycle,
      FactKind kind,
      Range count,
      @Nullable String reason,
      @Nullable InstantValue at)
      implements ServerExpectation {}

  /// Somebody has been told since the script began.
  ///
  /// @param level how loudly; null is however
  /// @param about a word that the alert must hold
  /// @param times how often
  record Alert(@Nullable AlertLevel level, String about, Expectation.Range times)
      implements ServerExpectation {}

  /// What the server's processes count, taken together.
  ///
  /// @param name of the metric; one that ends in `_total` counts from where the script began
  /// @param labels that a sample must have
  record Metric(String name, Map<String, String> labels, Expectation.Range value)
      implements ServerExpectation {
    public Metric {
      labels = Map.copyOf(labels);
    }

    public boolean isCounter() {
      return name.endsWith("_total");
    }
  }

  /// Nothing of an account has been written since it was remembered: no fact, no offset, no tag.
  record Unchanged(String buyer) implements ServerExpectation {}

  /// Rows and accounts of all buyers of the script equal the store's own truth
  /// (`decisions-stores.md` §7).
  record Truth() implements ServerExpectation {}

  /// Kinds of owed work (`decisions-stores.md` §1).
  enum WorkKind {
    MESSAGE,
    RECONCILE,
    ONE_TIME,
    ACKNOWLEDGE
  }

  /// Where a piece of work stands.
  enum WorkState {
    /// There is none.
    NONE,
    /// Due, or due later without anything having gone wrong.
    WAITING,
    /// It has failed and will be tried again.
    RETRYING,
    /// Given up until somebody or something new comes.
    PARKED
  }

  /// Why work is parked (`decisions-stores.md` §5).
  enum ParkReason {
    NO_OWNER,
    NOT_FOUND,
    UNKNOWN_PLAN,
    UNKNOWN_PRODUCT,
    TEST_PURCHASE,
    UNDECODABLE,
    UNKNOWN_BLOCK,
    FOREIGN,
    VERIFICATION,
    REJECTED,
    EXHAUSTED,
    REFUND_REVIEW
  }

  /// How loudly somebody is told.
  enum AlertLevel {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }

  /// The facts of `decisions.md` §4 and `decisions-stores.md` §3 that are about payments.
  enum FactKind {
    PAYMENT_WITNESSED,
    TERMS_STATED,
    ALIAS_SEEN,
    CLAIMED,
    REVOKED,
    REINSTATED,
    VOIDED,
    ACKNOWLEDGED,
    REFUND_REQUESTED,
    CREDIT_OPENED,
    CREDIT_CHARGED,
    CREDIT_REDUCED,
    LOSS_HEARD,
    LINKED,
    HIDDEN,
    BINDING_STATED
  }
}
