package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Effect.Concerned;
import org.sessionpro.backend.ledger.Effect.State;
import org.sessionpro.backend.ledger.OperatorAct.Kind;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Ticket;

/// What those who run the service do by hand, each act with its reason; from [Ledger#operator()].
///
/// An act is planned by doing it and taking it back in the same transaction, so that a plan says what
/// the act comes to, by the very rules that will decide it. What is done is noted ([#newest(int)]), and
/// with each account that it concerns too.
public final class OperatorActs {
  /// The last ticket that protocol v0 can carry.
  private static final long LAST_TICKET = (1L << 32) - 1;

  private final Database database;
  private final Tables tables;
  private final Rules rules;

  OperatorActs(Database database, Tables tables, Rules rules) {
    this.database = database;
    this.tables = tables;
    this.rules = rules;
  }

  /// Whether an act is done, or only looked at.
  public enum Mode {
    PLANNED,
    APPLIED
  }

  /// How the ticket of the revocation list moves.
  public record TicketMove(Ticket from, Ticket to) {}

  /// Grants a payment to the account that the statement names, which is created if there is none.
  ///
  /// @param statement of a payment that is unknown, with its claim
  /// @param reason null notes nothing
  /// @param now our clock
  public Effect grant(Statement statement, @Nullable String reason, Mode mode, Instant now) {
    MasterKey owner = Objects.requireNonNull(statement.claim()).owner();
    Act act = new Act(Kind.VOUCHER_MINTED, owner.hex(), reason, mode, Micros.floor(now));
    return carryOut(
        act,
        _ -> List.of(owner),
        recording -> recording.record(List.of(statement), reason),
        _ -> "granted");
  }

  /// Revokes the account's current generation for ever and lists its tag; with anything usable the
  /// account goes on under a new one (`entitlement.md` §7.4). Concerns nobody if there is no such
  /// account or its generation is revoked already.
  ///
  /// @param now our clock
  public Effect revoke(MasterKey key, String reason, Mode mode, Instant now) {
    Act act = new Act(Kind.ACCOUNT_REVOKED, key.hex(), reason, mode, Micros.floor(now));
    return carryOut(
        act,
        handle ->
            tables.accounts().find(handle, key).stream()
                .filter(account -> !account.generation().isRevoked())
                .map(_ -> key)
                .toList(),
        recording -> recording.revoke(key, reason, act.now()),
        _ -> "revoked");
  }

  /// Gives a subscription, with all its cycles, to another key: the same person, who lost the first
  /// one. The account that loses it is judged as after any other loss. What the store states about
  /// the owner stays as it is, and binds no cycle that has an owner.
  ///
  /// @param payment any cycle of the subscription
  /// @param now our clock
  /// @throws NoSuchElementException if there is none
  public Effect reattribute(
      PaymentKey payment, MasterKey to, String reason, Mode mode, Instant now) {
    String target = payment.subscription();
    Act act = new Act(Kind.PAYMENT_REATTRIBUTED, target, reason, mode, Micros.floor(now));
    return carryOut(
        act,
        handle -> {
          List<MasterKey> concerned = new ArrayList<>();
          tables.payments().owners(handle, payment.subscriptionKey()).stream()
              .map(owner -> tables.accounts().masterKey(handle, owner))
              .filter(key -> !key.equals(to))
              .forEach(concerned::add);
          concerned.add(to);
          return concerned;
        },
        recording -> {
          if (!recording.reattribute(payment, to, reason)) {
            throw new NoSuchElementException("there is no such subscription");
          }
        },
        effect -> "payments moved: " + effect.moved());
  }

  /// Moves the ticket by `by`, or to the present second if that is more, so that everybody fetches the
  /// revocation list anew (`decisions.md` §3).
  ///
  /// @param by at least 1
  /// @param now our clock
  /// @throws IllegalArgumentException if protocol v0 could not carry the outcome
  public TicketMove bumpTicket(long by, String reason, Mode mode, Instant now) {
    Act act = new Act(Kind.TICKET_BUMPED, null, reason, mode, Micros.floor(now));
    return inOneTransaction(
        mode,
        handle -> {
          Ticket from = RevocationTable.ticket(handle);
          if (by < 1 || by > LAST_TICKET - from.value()) {
            throw new IllegalArgumentException(
                "must be 1 to " + (LAST_TICKET - from.value()) + ": a ticket is below 2^32");
          }
          RevocationTable.advanceTicket(handle, by, act.now());
          TicketMove move = new TicketMove(from, RevocationTable.ticket(handle));
          note(handle, act, "from %d to %d".formatted(from.value(), move.to().value()));
          return move;
        });
  }

  /// Ties the ledger to another signing key, which voids every proof in circulation for those who are
  /// built with the first one.
  ///
  /// @param from whose the ledger is
  /// @return false if it is not; then nothing changes
  public boolean changeKey(BackendKey from, BackendKey to, String reason, Instant now) {
    Act act = new Act(Kind.KEY_ROTATED, to.hex(), reason, Mode.APPLIED, Micros.floor(now));
    return database.<Boolean>write(handle -> {
      boolean changed = LedgerIdentity.replace(handle, from, to);
      if (changed) {
        note(handle, act, "from " + from.hex());
      }
      return changed;
    });
  }

  /// Notes something that was done elsewhere.
  public void note(OperatorAct act) {
    database.<Boolean>write(handle -> {
      ActTable.append(handle, act);
      return true;
    });
  }

  /// Notes something that is done in the same transaction.
  ///
  /// @param deed does it, and holds if there was something to do
  /// @return false if there was not; then nothing is noted
  public boolean note(OperatorAct act, Premise deed) {
    boolean done =
        database.<Boolean>write(handle -> {
          boolean holds = deed.holds(handle);
          if (holds) {
            ActTable.append(handle, act);
          }
          return holds;
        });
    if (done) {
      deed.committed();
    }
    return done;
  }

  /// What was done last, newest first.
  ///
  /// @param limit how many at most
  public List<OperatorAct> newest(int limit) {
    return database.read(handle -> ActTable.newest(handle, limit));
  }

  /// An act that is under way.
  private record Act(
      Kind kind, @Nullable String target, @Nullable String reason, Mode mode, Instant now) {}

  private Effect carryOut(
      Act act,
      Function<Handle, List<MasterKey>> concerned,
      Consumer<Recording> work,
      Function<Effect, String> words) {
    PaymentNews news = rules.log().news();
    Effect done =
        inOneTransaction(
            act.mode(),
            handle -> {
              news.begin(act.now());
              Map<MasterKey, Optional<State>> before = new LinkedHashMap<>();
              concerned
                  .apply(handle)
                  .forEach(key -> before.put(key, state(handle, key, act.now())));
              if (before.isEmpty()) {
                return new Effect(List.of());
              }
              work.accept(new Recording(handle, tables, rules, news, act.now()));
              Effect effect =
                  new Effect(
                      before.entrySet().stream()
                          .map(entry ->
                              new Concerned(
                                  entry.getKey(),
                                  entry.getValue().orElse(null),
                                  state(handle, entry.getKey(), act.now()).orElse(null)))
                          .toList());
              note(handle, act, words.apply(effect));
              return effect;
            });
    if (act.mode() == Mode.APPLIED) {
      news.tell();
    }
    return done;
  }

  private static void note(Handle handle, Act act, String effect) {
    if (act.reason() != null) {
      ActTable.append(
          handle, new OperatorAct(act.kind(), act.target(), effect, act.reason(), act.now()));
    }
  }

  /// How the account of a key stands; empty if there is none.
  private Optional<State> state(Handle handle, MasterKey key, Instant now) {
    return tables
        .accounts()
        .find(handle, key)
        .map(account -> {
          List<PaymentRow> rows = tables.payments().ofAccount(handle, account.id());
          return new State(standing(account, rows, now), rows.size());
        });
  }

  private Account standing(Account stored, List<PaymentRow> rows, Instant now) {
    return stored.creditsCheckpoint() == null || rows.isEmpty()
        ? stored
        : Standing.at(
                now, stored, rows.stream().map(PaymentRow::registered).toList(), rules.settlement())
            .account();
  }

  private <T> T inOneTransaction(Mode mode, Function<Handle, T> work) {
    if (mode == Mode.APPLIED) {
      return database.write(work);
    }
    List<T> found = new ArrayList<>(1);
    try {
      return database.write(handle -> {
        found.clear();
        found.add(work.apply(handle));
        throw new TakenBack();
      });
    } catch (TakenBack planned) {
      return found.getFirst();
    }
  }

  /// Ends a transaction in which something was planned.
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TakenBack() {
      super("planned only", null, false, false);
    }
  }
}
