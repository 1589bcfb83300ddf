package org.sessionpro.bench.load;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionClient;

/// Puts a server under load.
public final class Load {
  /// From the signing of a request to the next; a server refuses it 70 s after (`wire-v1.md` §7).
  static final Duration LIFETIME = Duration.ofSeconds(40);

  private final Workload workload;
  private final Parties parties;
  private final Crypto crypto;
  private final InstantSource clock;

  /// The two ends of a load.
  ///
  /// @param customers who ask in turn, at least one; for proofs each has an account that is paid for
  /// @param process of the server; null if it cannot be looked at from here
  public record Parties(Target target, @Nullable ProcessProbe process, List<Customer> customers) {
    public Parties {
      customers = List.copyOf(customers);
      if (customers.isEmpty()) {
        throw new IllegalArgumentException("a load needs at least one account");
      }
    }
  }

  /// A load that has not begun.
  ///
  /// @param clock of the clients
  public Load(Workload workload, Parties parties, Crypto crypto, InstantSource clock) {
    this.workload = workload;
    this.parties = parties;
    this.crypto = crypto;
    this.clock = clock;
  }

  /// Signs the requests, warms the server up, measures it, and closes all connections.
  public LoadResult run(LoadPlan plan) throws InterruptedException {
    Tally tally = new Tally();
    List<Future<?>> ended = new ArrayList<>();
    LoadResult result;
    try (CallBook book = new CallBook(parties.customers(), LIFETIME, signing());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Pace pace = plan.rate() == 0 ? new Pace.AfterAnswer() : new Pace.Rate(plan.rate());
      for (int i = 0; i < plan.connections(); i++) {
        ended.add(threads.submit(new Caller(parties.target().address(), book, pace, tally)));
      }
      try {
        result = measure(plan, pace, tally);
      } finally {
        threads.shutdownNow();
      }
    }
    ended.forEach(Load::requireOrderlyEnd);
    return result;
  }

  private Function<Customer, Call> signing() {
    Target target = parties.target();
    BackendKey key = target.status().signingKey();
    Client client =
        switch (workload.protocol()) {
          case V0 -> new V0Client(crypto, key, clock);
          case V1 -> new V1Client(crypto, key, clock);
        };
    OnionClient onion = new OnionClient(crypto, crypto.agreementPublicKey(key), new SecureRandom());
    return customer -> {
      Question question = client.ask(workload.operation(), customer, clock.instant());
      return workload.onion()
          ? Call.onion(target.host(), question, onion)
          : Call.direct(target.host(), question);
    };
  }

  private LoadResult measure(LoadPlan plan, Pace pace, Tally tally) throws InterruptedException {
    ProcessProbe process = parties.process();
    Thread.sleep(plan.warmup());
    ProcessProbe.Usage before = process == null ? null : process.read();
    Duration ownBefore = ProcessProbe.ownCpu();
    long opened = tally.open();
    // What the warm-up could not keep up with is not held against the server.
    pace.restart();
    Thread.sleep(plan.measured());
    Duration elapsed = Duration.ofNanos(tally.close() - opened);
    Duration own = ProcessProbe.ownCpu().minus(ownBefore);
    LoadResult.Cost cost =
        process == null || before == null ? null : costSince(before, process.read());
    return new LoadResult(
        tally.latencies().count(),
        elapsed,
        LoadResult.Latencies.of(tally.latencies()),
        tally.errors(),
        cost,
        own);
  }

  private static LoadResult.Cost costSince(ProcessProbe.Usage before, ProcessProbe.Usage now) {
    return new LoadResult.Cost(now.cpu().minus(before.cpu()), now.residentBytes());
  }

  private static void requireOrderlyEnd(Future<?> caller) {
    if (caller.state() == Future.State.FAILED) {
      throw new IllegalStateException("a connection was given up", caller.exceptionNow());
    }
  }
}
