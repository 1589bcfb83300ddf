package org.sessionpro.backend.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Works on what is owed to one provider: a few items at once, each on a thread of its own, so that
/// none waits for another that is slow or fails.
///
/// Looks for work when the inbox of this process got some, when a thread becomes free, and each
/// second, for what other processes added and for what has waited for long enough. Claims only what it
/// begins at once. All times are the given clock's; only those of [Rhythm] are real.
///
/// What needs the store waits for it at places of its own, so that all the rest goes on while the store
/// does not answer or may not be asked; how those are shared is said at [Places].
public final class InboxWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final StoreProvider provider;
  private final Map<WorkKind, WorkHandler> handlers;
  private final List<Places> places;
  private final Inbox inbox;
  private final WorkLog log;
  private final InstantSource clock;
  private final Rhythm rhythm;
  private final WorkCounts counts = new WorkCounts();

  private final Semaphore wake = new Semaphore(0);
  private volatile boolean stopping;
  private volatile @Nullable Thread loop;

  private boolean outOfReach;

  /// How long things take in real time.
  ///
  /// @param floor between two looks that nothing else asks for; so long a lane rests in which the store
  ///     may not be asked
  /// @param patience how long a stop waits for items to come to an end; then again for them to heed an
  ///     interrupt
  public record Rhythm(Duration floor, Duration patience) {
    /// With the usual patience.
    public static Rhythm of(Duration floor) {
      return new Rhythm(floor, PATIENCE);
    }
  }

  /// Workers that look each second.
  ///
  /// @param handlers what is done about each kind; items of other kinds are left alone
  /// @param atOnce items worked on at once for which the store is asked, and as many for which it is
  ///     not; at least 1
  public InboxWorkers(
      StoreProvider provider,
      Map<WorkKind, WorkHandler> handlers,
      int atOnce,
      Inbox inbox,
      WorkLog log,
      InstantSource clock) {
    this(provider, handlers, atOnce, inbox, log, clock, Rhythm.of(Duration.ofSeconds(1)));
  }

  /// As above, at another pace.
  public InboxWorkers(
      StoreProvider provider,
      Map<WorkKind, WorkHandler> handlers,
      int atOnce,
      Inbox inbox,
      WorkLog log,
      InstantSource clock,
      Rhythm rhythm) {
    this.provider = provider;
    this.handlers = new EnumMap<>(handlers);
    this.places = Places.of(handlers.keySet(), atOnce);
    this.inbox = inbox;
    this.log = log;
    this.clock = clock;
    this.rhythm = rhythm;
  }

  /// What became of the items that this process has worked on.
  public WorkCounts counts() {
    return counts;
  }

  /// How many items this process works on at this moment.
  public int atWork() {
    return places.stream().mapToInt(Places::atWork).sum();
  }

  /// Begins to work, which happens in the background.
  public synchronized void start() {
    if (loop == null) {
      inbox.onWork(this::wake);
      loop = Thread.ofVirtual().name("inbox " + provider).start(this::lookUntilTheEnd);
    }
  }

  /// Has the next look happen at once.
  public void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  private void lookUntilTheEnd() {
    try {
      while (!stopping) {
        look();
        var _ = wake.tryAcquire(rhythm.floor().toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Begins what can be begun.
  ///
  /// @return the threads that do it
  List<Thread> look() {
    List<Thread> begun = new ArrayList<>();
    for (Places some : places) {
      some.shares().forEach(share -> begun.addAll(begin(some, share)));
    }
    return begun;
  }

  private List<Thread> begin(Places at, Places.Share share) {
    int free = at.free(share);
    if (stopping || free <= 0) {
      return List.of();
    }
    return claimed(at.kinds(), share.lane(), free).stream()
        .map(claim -> begin(at, share.lane(), claim))
        .toList();
  }

  private Thread begin(Places at, Lane lane, Claim claim) {
    Thread thread = Thread.ofVirtual().name("inbox " + provider).unstarted(() -> attend(claim, at));
    at.take(thread, lane);
    thread.start();
    return thread;
  }

  private List<Claim> claimed(Set<WorkKind> kinds, Lane lane, int limit) {
    try {
      List<Claim> claims = inbox.claim(provider, kinds, lane, limit, clock.instant());
      outOfReach = false;
      return claims;
    } catch (RuntimeException failed) {
      if (!outOfReach && !stopping) {
        LOG.warn("the inbox of {} cannot be reached, and is tried again", provider, failed);
      }
      outOfReach = true;
      return List.of();
    }
  }

  private void attend(Claim claim, Places at) {
    try {
      HeldTurn turn = new HeldTurn(claim);
      Outcome outcome = outcome(turn);
      if (outcome instanceof Outcome.Held) {
        at.rest(claim.seen().lane(), rhythm.floor());
      }
      // A stop interrupts handlers, and what they come to is noted all the same.
      var _ = Thread.interrupted();
      Settled settled = inbox.settle(claim, outcome, clock.instant());
      counts.count(claim.item().kind(), outcome, settled);
      log.note(claim.item(), outcome, settled);
    } catch (RuntimeException failed) {
      LOG.warn("an item of {} could not be given back, and comes again", provider, failed);
    } finally {
      at.leave(Thread.currentThread());
      wake();
    }
  }

  private Outcome outcome(HeldTurn turn) {
    WorkHandler handler = handlers.get(turn.claim().item().kind());
    if (handler == null) {
      return new Outcome.Unfinished();
    }
    try {
      return handler.handle(turn);
    } catch (RuntimeException | Error failed) {
      if (stopping) {
        return new Outcome.Unfinished();
      }
      log.fault(turn.claim().item(), failed);
      return new Outcome.Failed(ErrorClass.LOGIC, WorkLog.kinds(failed));
    }
  }

  /// Stops: begins nothing more, lets items come to an end, and interrupts what does not. What is not
  /// done is given back, or comes free when its lease ends. Returns within twice the patience, whatever
  /// the handlers and the database do. Closing again does nothing.
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      if (!haveEnded()) {
        threads().forEach(Thread::interrupt);
        if (!haveEnded()) {
          LOG.warn("stopped while items of {} were worked on; their leases lapse", provider);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean haveEnded() throws InterruptedException {
    long deadline = System.nanoTime() + rhythm.patience().toNanos();
    Thread looking = loop;
    // Once it has ended nothing more is begun.
    if (looking != null && !hasEnded(looking, deadline)) {
      return false;
    }
    for (Thread thread : working().toList()) {
      if (!hasEnded(thread, deadline)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasEnded(Thread thread, long deadline) throws InterruptedException {
    return thread.join(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0)));
  }

  private Stream<Thread> threads() {
    return Stream.concat(Stream.ofNullable(loop), working());
  }

  private Stream<Thread> working() {
    return places.stream().flatMap(Places::threads);
  }

  /// A turn that goes on while the lease is ours.
  private final class HeldTurn implements WorkHandler.Turn {
    private final Claim claim;
    private Instant renewedAt;
    private boolean lost;

    HeldTurn(Claim claim) {
      this.claim = claim;
      this.renewedAt = clock.instant();
    }

    @Override
    public Claim claim() {
      return claim;
    }

    @Override
    public boolean goesOn() {
      if (lost || stopping) {
        return false;
      }
      Instant now = clock.instant();
      if (!now.equals(renewedAt)) {
        lost = inbox.renew(claim, now).isEmpty();
        renewedAt = now;
      }
      return !lost;
    }
  }
}
