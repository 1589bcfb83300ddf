package org.sessionpro.bench.load;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.onion.OnionClient;

/// Puts a server under load.
public final class Load {
  /// From the signing of a request to the next; a server refuses it 70 s after (`wire-v1.md` §7).
  static final Duration LIFETIME = Duration.ofSeconds(40);

  /// How long requests that were due in the measured time are still sent after it.
  private static final Duration LONGEST_BACKLOG = Duration.ofSeconds(10);

  private final Workload workload;
  private final Parties parties;
  private final Crypto crypto;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /// The two ends of a load.
  ///
  /// @param customers who ask in turn, at least one if accounts ask at all; for proofs each has an
  ///     account that is paid for
  /// @param process of the server; null if it cannot be looked at from here
  /// @param known whether each customer has bought something at some time: then the answers to
  ///     strangers are wrong
  public record Parties(
      Target target, @Nullable ProcessProbe process, List<Customer> customers, boolean known) {
    public Parties {
      customers = List.copyOf(customers);
    }
  }

  /// What was used in the measured time.
  private record Used(Duration elapsed, LoadResult.@Nullable Cost server, Duration generatorCpu) {}

  /// A load that has not begun.
  ///
  /// @param clock of the clients
  public Load(Workload workload, Parties parties, Crypto crypto, InstantSource clock) {
    this.workload = workload;
    this.parties = parties;
    this.crypto = crypto;
    this.clock = clock;
    if (workload.operation().isOfAccounts() && parties.customers().isEmpty()) {
      throw new IllegalArgumentException("such a load needs at least one account");
    }
  }

  /// Signs the requests, warms the server up, measures it, waits for the answers to all that was
  /// due, and closes all connections.
  public LoadResult run(LoadPlan plan) throws InterruptedException {
    Pace pace = plan.rate() == 0 ? new Pace.AfterAnswer() : new Pace.Rate(plan.rate());
    Tally tally = new Tally();
    List<Future<?>> ended = new ArrayList<>();
    Used used;
    try (Calls calls = calls();
        // Not virtual ones: for a few connections that are always busy these cost less, and an
        // interrupt leaves what is in flight alone.
        ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("caller").factory())) {
      for (int i = 0; i < plan.connections(); i++) {
        ended.add(threads.submit(new Caller(parties.target().address(), calls, pace, tally)));
      }
      try {
        used = measure(plan, pace, tally);
        workOff(threads, pace, tally);
      } finally {
        pace.stop();
        threads.shutdownNow();
      }
    }
    ended.forEach(Load::requireOrderlyEnd);
    return new LoadResult(
        tally.answered(),
        used.elapsed(),
        LoadResult.Latencies.of(tally.latencies()),
        tally.errors(),
        used.server(),
        used.generatorCpu());
  }

  /// Waits for the answers in flight, and lets the connections send what was due meanwhile.
  private static void workOff(ExecutorService threads, Pace pace, Tally tally)
      throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(LONGEST_BACKLOG.toSeconds(), TimeUnit.SECONDS)) {
      long unsent = pace.stop();
      if (unsent > 0) {
        tally.error("never sent, though due: no connection was free", unsent);
      }
    }
  }

  private Calls calls() {
    BackendKey key = parties.target().key();
    V0Client released = new V0Client(crypto, key, clock, parties.known());
    Client client =
        switch (workload.protocol()) {
          case V0 -> released;
          case V1 -> new V1Client(crypto, key, clock, parties.known());
        };
    Function<Question, Call> over = transport(key);
    return switch (workload.operation()) {
      case PROOF -> book(customer -> over.apply(client.proof(customer, clock.instant())));
      case STATUS -> book(customer -> over.apply(client.status(customer, clock.instant())));
      case DETAILS -> book(customer -> over.apply(client.details(customer, clock.instant())));
      case REVOCATIONS -> {
        ServedList whole = wholeList(client);
        yield anybodys(() -> over.apply(client.revocations(Ticket.ZERO, whole::require)));
      }
      case POLL -> {
        Ticket current = wholeList(client).ticket();
        ServedList unchanged = new ServedList(current, 0);
        yield anybodys(() -> over.apply(client.revocations(current, unchanged::require)));
      }
      case ADD -> new FreshCalls(() -> over.apply(released.add(newCustomer())));
    };
  }

  private Calls book(Function<Customer, Call> sign) {
    return new CallBook(parties.customers(), LIFETIME, sign);
  }

  /// One call for all connections: nobody signs it. Through an onion it is sealed anew now and then.
  private Calls anybodys(Supplier<Call> make) {
    return new CallBook(List.of(newCustomer()), LIFETIME, _ -> make.get());
  }

  private Customer newCustomer() {
    return Customer.of(Seed.random(random), crypto, random);
  }

  private Function<Question, Call> transport(BackendKey key) {
    String host = parties.target().host();
    return switch (workload.transport()) {
      case DIRECT -> question -> Call.direct(host, question);
      case GZIP -> question -> Call.gzip(host, question);
      case ONION -> {
        OnionClient onion = new OnionClient(crypto, crypto.agreementPublicKey(key), random);
        yield question -> Call.onion(host, question, onion);
      }
    };
  }

  /// What the server's list is before the load; it must stay so.
  private ServedList wholeList(Client client) {
    AtomicReference<ServedList> seen = new AtomicReference<>();
    Question question = client.revocations(Ticket.ZERO, seen::set);
    Call call = Call.direct(parties.target().host(), question);
    try (HttpConnection connection = HttpConnection.open(parties.target().address())) {
      call.judge(connection.exchange(call.request()));
      return Objects.requireNonNull(seen.get());
    } catch (IOException | WrongAnswer impossible) {
      throw new IllegalStateException(
          "the server does not show its revocation list: " + impossible.getMessage(), impossible);
    }
  }

  private Used measure(LoadPlan plan, Pace pace, Tally tally) throws InterruptedException {
    ProcessProbe process = parties.process();
    Thread.sleep(plan.warmup());
    Duration busyBefore = ProcessProbe.busyMachine();
    ProcessProbe.Usage before = process == null ? null : process.read();
    Duration ownBefore = ProcessProbe.ownCpu();
    long opened = tally.open();
    // What the warm-up could not keep up with is not held against the server.
    pace.restart(plan.measured());
    Thread.sleep(plan.measured());
    Duration elapsed = Duration.ofNanos(tally.close() - opened);
    Duration own = ProcessProbe.ownCpu().minus(ownBefore);
    LoadResult.Cost cost = null;
    if (process != null && before != null) {
      ProcessProbe.Usage after = process.read();
      Duration cpu = after.cpu().minus(before.cpu());
      Duration busy = ProcessProbe.busyMachine().minus(busyBefore);
      cost = new LoadResult.Cost(cpu, after.residentBytes(), busy.minus(cpu).minus(own));
    }
    return new Used(elapsed, cost, own);
  }

  private static void requireOrderlyEnd(Future<?> caller) {
    if (caller.state() == Future.State.FAILED) {
      throw new IllegalStateException("a connection was given up", caller.exceptionNow());
    }
  }
}
