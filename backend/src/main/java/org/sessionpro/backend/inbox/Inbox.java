package org.sessionpro.backend.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Claim.Failures;
import org.sessionpro.backend.inbox.MessageTable.State;
import org.sessionpro.backend.inbox.Settled.Fate;

/// What stores told us and what is owed to them, in the database that any number of processes share
/// (`decisions-stores.md` §1, `google-play.md` §3).
///
/// Whoever works on an item has a lease on it. A lease that was lost, because it lapsed and somebody
/// else took the item or because the item was dropped, changes nothing any more: the token decides.
/// News that comes while an item is worked on raises its revision, so that it is looked at again.
/// All instants are taken to the microsecond.
public final class Inbox {
  /// How far apart the clocks of the processes may be.
  static final Duration MAX_SKEW = Leases.MAX_SKEW;

  private final Database database;
  private final WorkTable work;
  private final WorkClaims claims;
  private final RandomGenerator random;
  private final InboxRules rules;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// @param random for tokens of leases, which must not repeat
  public Inbox(Database database, RandomGenerator random, InboxRules rules) {
    this.database = database;
    this.work = new WorkTable(database.dialect());
    this.claims = new WorkClaims(database.dialect());
    this.random = random;
    this.rules = rules;
  }

  /// Has `wake` called whenever this process has added work, after the commit.
  public void onWork(Runnable wake) {
    listeners.add(wake);
  }

  private void signal() {
    listeners.forEach(Runnable::run);
  }

  /// Keeps a message and what follows from it, in one transaction; durable when this returns.
  ///
  /// @param now our clock
  /// @return false if the message was there already; then nothing is written
  public boolean put(StoreMessage message, Intake intake, Instant now) {
    return write(putting(message, intake, now));
  }

  /// As [#put], within a transaction that records more of what the message says. The premise holds if
  /// the message is new.
  public Premise putting(StoreMessage message, Intake intake, Instant now) {
    Instant instant = Micros.floor(now);
    return new Premise() {
      @Override
      public boolean holds(Handle handle) {
        return insert(handle, message, intake, instant);
      }

      @Override
      public void committed() {
        signal();
      }
    };
  }

  private boolean insert(Handle handle, StoreMessage message, Intake intake, Instant now) {
    WorkItem own = WorkItem.message(message.id());
    return switch (intake) {
      case Intake.Understood(List<Owed> owed) ->
          MessageTable.insert(handle, message, State.DONE, null, now) && enqueue(handle, owed, now);
      case Intake.Kept(List<Owed> owed) ->
          MessageTable.insert(handle, message, State.NEW, null, now)
              && enqueue(
                  handle,
                  List.of(
                      new Owed(
                          own, message.subscription(), message.eventAt(), null, Lane.ANNOUNCED)),
                  now)
              && enqueue(handle, owed, now);
      case Intake.Parked(ParkReason reason, String problem, @Nullable Instant dueAt) -> {
        boolean isNew = MessageTable.insert(handle, message, State.PARKED, problem, now);
        if (isNew) {
          Reason why = parking(new Cause(reason, null, dueAt), now);
          WorkTable.insertParked(handle, own, message.subscription(), problem, why);
        }
        yield isNew;
      }
    };
  }

  private static boolean enqueue(Handle handle, Collection<Owed> owed, Instant now) {
    owed.forEach(one -> WorkTable.enqueue(handle, one, now));
    return true;
  }

  /// Notes that there is something to look at.
  ///
  /// @param now our clock
  public void enqueue(Collection<Owed> owed, Instant now) {
    InTransaction adding = enqueueing(owed, now);
    database.<Boolean>write(handle -> {
      adding.run(handle);
      return true;
    });
    adding.committed();
  }

  /// As [#enqueue(Collection, Instant)], within a transaction that records why.
  public InTransaction enqueueing(Collection<Owed> owed, Instant now) {
    List<Owed> all = List.copyOf(owed);
    Instant instant = Micros.floor(now);
    return new InTransaction() {
      @Override
      public void run(Handle handle) {
        enqueue(handle, all, instant);
      }

      @Override
      public void committed() {
        if (!all.isEmpty()) {
          signal();
        }
      }
    };
  }

  /// Notes, within a transaction that found it out, that whose purchase an item is about will be known
  /// once one of others has an owner.
  public InTransaction awaitingOwner(WorkItem item, Collection<SubscriptionKey> others) {
    List<SubscriptionKey> all = List.copyOf(others);
    return handle -> all.forEach(one -> AwaitedOwners.add(handle, item, one));
  }

  /// Makes it news to the items that wait for it that a purchase has an owner, within the transaction
  /// that gives it to one.
  public static InTransaction ownerFound(SubscriptionKey purchase, Instant now) {
    Instant instant = Micros.floor(now);
    return handle ->
        Arrays.stream(StoreProvider.values())
            .filter(provider -> provider.payments() == purchase.provider())
            .forEach(provider -> AwaitedOwners.found(handle, provider, purchase, instant));
  }

  /// Makes items that are not there; those that are stay as they are, parked ones before all.
  ///
  /// @return how many were made
  public int enqueueMissing(Collection<Owed> owed, Instant now) {
    Instant instant = Micros.floor(now);
    int made =
        database.<Integer>write(handle ->
            owed.stream().mapToInt(one -> WorkTable.insertMissing(handle, one, instant)).sum());
    if (made > 0) {
      signal();
    }
    return made;
  }

  /// Takes over what the service before this one had left to do, and what it was told; within a
  /// transaction that takes over more. Work that is there already has the more failures and the earlier
  /// time of both; a message that is there stays as it is.
  public InTransaction inheriting(
      Collection<InheritedWork> work, Collection<InheritedMessage> messages, Instant now) {
    List<InheritedWork> left = List.copyOf(work);
    List<InheritedMessage> told = List.copyOf(messages);
    Instant instant = Micros.floor(now);
    return handle -> {
      WorkInheritance.inherit(handle, left, instant);
      MessageTable.insertSeen(
          handle,
          told.stream().filter(InheritedMessage::isSettled).map(InheritedMessage::message).toList(),
          instant);
      told.stream()
          .filter(one -> !one.isSettled())
          .forEach(one -> insert(handle, one.message(), one.intake(), instant));
    };
  }

  /// Holds if nothing was ever kept here; nobody else adds anything until the end of the transaction.
  public Premise emptiness() {
    return handle -> {
      for (String table : List.of("inbox_message", "inbox_work")) {
        database.dialect().alone(table).ifPresent(handle::execute);
      }
      return handle
          .createQuery(
              """
              SELECT EXISTS (SELECT 1 FROM inbox_message) OR EXISTS (SELECT 1 FROM inbox_work) AS used
              """)
          .map((row, _) -> !row.getBoolean("used"))
          .one();
    };
  }

  private boolean write(Premise premise) {
    boolean held = database.<Boolean>write(premise::holds);
    if (held) {
      premise.committed();
    }
    return held;
  }

  /// Takes the most overdue items of a lane that are free; each for [InboxRules#LEASE]. Asks first and
  /// writes only if there are any.
  ///
  /// @param kinds at least one
  /// @param limit at least 1
  /// @return in no particular order
  public List<Claim> claim(
      StoreProvider provider, Set<WorkKind> kinds, Lane lane, int limit, Instant now) {
    Instant instant = Micros.floor(now);
    var selection = new WorkClaims.Selection(provider, kinds, lane, limit);
    if (!database.<Boolean>read(
        handle -> WorkClaims.anyClaimable(handle, selection, instant, InboxRules.LEASE))) {
      return List.of();
    }
    long token = random.nextLong();
    return database.write(
        handle -> claims.claim(handle, selection, token, instant, InboxRules.LEASE));
  }

  /// Keeps an item for longer.
  ///
  /// @return empty if it is lost
  public Optional<Claim> renew(Claim claim, Instant now) {
    Instant until = Micros.floor(now).plus(InboxRules.LEASE);
    return database.<Boolean>write(handle -> WorkTable.renew(handle, claim, until))
        ? Optional.of(claim.until(until))
        : Optional.empty();
  }

  /// Holds if the item is still the claimant's, and keeps it so until the end of the transaction.
  public Premise fence(Claim claim) {
    return handle -> work.isHeld(handle, claim);
  }

  /// The message of an item, as long as its text is kept.
  public Optional<StoreMessage> message(MessageId id) {
    return database.read(handle -> MessageTable.find(handle, id));
  }

  /// Notes what came of working on an item, and gives it back.
  public Settled settle(Claim claim, Outcome outcome, Instant now) {
    Instant instant = Micros.floor(now);
    return database.write(handle ->
        switch (outcome) {
          case Outcome.Done _ -> done(handle, claim);
          case Outcome.Again(Instant at, String why) ->
              stays(claim, WorkTable.succeed(handle, claim, Micros.floor(at), why));
          case Outcome.Failed failed -> failed(handle, claim, failed, instant);
          case Outcome.Waits(Instant until, String why) -> postponed(handle, claim, until, why);
          case Outcome.Held(Instant until, String why) -> postponed(handle, claim, until, why);
          case Outcome.Parked parked -> parked(handle, claim, parked, instant);
          case Outcome.Unfinished _ -> stays(claim, WorkTable.release(handle, claim));
        });
  }

  private static Settled postponed(Handle handle, Claim claim, Instant until, String why) {
    return stays(claim, WorkTable.postpone(handle, claim, Micros.floor(until), why));
  }

  private static Settled stays(Claim claim, boolean isOurs) {
    return new Settled(isOurs ? Fate.STAYS : Fate.LOST, claim.failures().attempts(), null);
  }

  private static Settled done(Handle handle, Claim claim) {
    int attempts = claim.failures().attempts();
    if (WorkTable.deleteUnchanged(handle, claim)) {
      Upkeep.message(claim.item()).ifPresent(id -> MessageTable.finish(handle, id, null));
      return new Settled(Fate.GONE, attempts, null);
    }
    return stays(claim, WorkTable.succeed(handle, claim));
  }

  private Settled failed(Handle handle, Claim claim, Outcome.Failed failed, Instant now) {
    Failures after = claim.failures().and(failed.kind());
    Reason reason =
        rules
            .parks(claim.item().kind(), after, failed.inTheEnd())
            .or(() -> Optional.ofNullable(claim.oneTry()))
            .map(cause -> parking(cause, now))
            .or(() -> Optional.ofNullable(failed.inTheEnd()).map(cause -> new Reason(cause, null)))
            .orElse(null);
    return settled(handle, claim, after, failed.error(), now, reason);
  }

  private Settled parked(Handle handle, Claim claim, Outcome.Parked parked, Instant now) {
    Failures after = new Failures(claim.failures().attempts() + 1, null, 0);
    return settled(handle, claim, after, parked.error(), now, parking(parked.cause(), now));
  }

  private static Settled settled(
      Handle handle,
      Claim claim,
      Failures after,
      String error,
      Instant now,
      @Nullable Reason reason) {
    Instant retryAt = now.plus(claim.item().kind().retryDelay(claim.failures().attempts()));
    Fate fate = WorkTable.fail(handle, claim, after.last(), error, retryAt, reason);
    if (fate != Fate.PARKED || reason == null) {
      Failures failures = fate == Fate.LOST ? claim.failures() : after;
      return new Settled(fate, failures.attempts(), null);
    }
    Upkeep.message(claim.item())
        .ifPresent(id -> MessageTable.move(handle, id, State.NEW, State.PARKED));
    return new Settled(fate, after.attempts(), reason.cause().reason());
  }

  /// Moves what has waited for long enough, forgets what is old, brings back what may now be
  /// understood.
  public Upkeep upkeep() {
    return new Upkeep(database);
  }

  /// Look-ups and acts for those who run the service.
  public InboxInspection inspection() {
    return new InboxInspection(database);
  }

  /// Whether a purchase of some owner is in trouble: failed more than five times, or parked (design
  /// §6, row 8). One indexed look-up; another one for the owner's purchases while any is in trouble.
  ///
  /// @param purchases the owner's, asked only then
  public boolean isInTrouble(Supplier<? extends Collection<SubscriptionKey>> purchases) {
    return database.<Boolean>read(Trouble::any) && Trouble.isAnyOf(database, purchases.get());
  }

  /// The purchases whose owners are told of trouble.
  public Set<SubscriptionKey> inTrouble() {
    return database.read(Trouble::all);
  }

  private Reason parking(Cause cause, Instant now) {
    return new Reason(cause, new Reason.Parking(rules.build(), now));
  }
}
