package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.Purchase;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.ledger.Found;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Sought;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.V0Plan;

/// Many threads do everything at once that can be done to one account, through one or more servers on
/// one ledger, while a store sells to its owner and takes back, and a rival claims the same payments.
///
/// The account has a year that nobody takes from it, so that nothing but the requests for it revokes
/// a generation.
final class Contest {
  /// High enough never to be reached: with it proofs are counted.
  static final int MAX_PROOFS = 1_000_000;

  private static final int THREADS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final DevTerms YEAR =
      new DevTerms(V0Plan.TWELVE_MONTHS, Duration.ofDays(365), false);

  /// Every so many steps all threads claim the same payment.
  private static final int STEPS_TO_A_CLAIM = 4;

  private final List<Door> doors;
  private final Ledger store;
  private final InstantSource clock;
  private final int steps;
  private final long seed;
  private final Person owner = Person.unknown();
  private final Person rival = Person.unknown();
  private final Chronicle chronicle = new Chronicle();
  private final AtomicLong refund = new AtomicLong(RunningBackend.T.toEpochMilli());

  private Contest(List<Door> doors, Ledger store, InstantSource clock, int steps, long seed) {
    this.doors = doors;
    this.store = store;
    this.clock = clock;
    this.steps = steps;
    this.seed = seed;
  }

  /// Prepares one; `-Dcontest.steps=N` makes it longer, `-Dcontest.seed=N` begins with another seed.
  ///
  /// @param doors to the servers
  /// @param store the same ledger, for what stores tell it
  static Contest of(List<Door> doors, Ledger store, InstantSource clock) {
    int steps = Integer.getInteger("contest.steps", 16);
    long seed = Long.getLong("contest.seed", 20_261_123L);
    System.out.printf(
        "%d threads, %d processes, %d steps, seed %d%n", THREADS, doors.size(), steps, seed);
    return new Contest(doors, store, clock, steps, seed);
  }

  /// Runs to the end.
  void run() throws Exception {
    CountDownLatch start = new CountDownLatch(THREADS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, THREADS)
              .mapToObj(number ->
                  CompletableFuture.runAsync(
                      () -> {
                        start.countDown();
                        await(start);
                        Participant one = new Participant(number);
                        IntStream.range(0, steps).forEach(one::step);
                      },
                      threads))
              .toList();
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    System.out.println(chronicle);
  }

  /// Fails unless everything that was answered, and how it ended, can be explained by some order.
  void assertExplained() {
    Map<Integer, String> contested = new TreeMap<>();
    for (int i = 0; i * STEPS_TO_A_CLAIM < steps; i++) {
      contested.put(i, contested(i).token().value() + "|" + contested(i).orderId().value());
    }
    assertThat(chronicle.faults).hasValueLessThan(THREADS * steps / 20);
    chronicle.assertExplained(end(), contested);
  }

  private Chronicle.End end() {
    Account account = store.account(owner.masterKey()).orElseThrow();
    Found found = store.inspection().find(Sought.of(owner.masterKey().hex()));
    List<String> tags =
        found instanceof Found.OneAccount one
            ? one.history().facts().stream()
                .map(Learned::fact)
                .flatMap(fact ->
                    fact instanceof GenerationIssued issued
                        ? Stream.of(issued.tag().hex())
                        : Stream.empty())
                .toList()
            : List.of();
    assertThat(account.generation().ordinal()).isEqualTo(tags.size());
    JsonNode details = details(doors.getFirst(), 10_000);
    List<String> payments =
        store
            .page(owner.masterKey(), null, 100_000, clock.instant())
            .orElseThrow()
            .payments()
            .stream()
            .map(payment -> payment.payment().key())
            .map(key ->
                key.provider() == PaymentProvider.GOOGLE_PLAY
                    ? key.subscription() + "|" + key.cycle()
                    : key.subscription())
            .toList();
    return new Chronicle.End(payments, tags, account.counters().total(), refundIn(details));
  }

  /// Fails unless every server serves the list of the ledger within 5 s.
  ///
  /// @param later called while one does not
  void assertServedEverywhere(Runnable later) {
    long ticket = store.ticket().value();
    long begun = System.nanoTime();
    for (Door door : doors) {
      ServedList list = new ServedList().poll(door);
      while (list.ticket() < ticket) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        later.run();
        list.poll(door);
      }
      assertThat(list.tags()).hasSize(chronicle.revocations.size());
    }
  }

  private PaymentTx.Google contested(int number) {
    return new PaymentTx.Google(
        new PurchaseToken("contested-" + number),
        new OrderId(PaymentTx.DEVELOPMENT_PREFIX + "order-" + number));
  }

  private JsonNode details(Door door, int count) {
    Answer answer = door.v0().details(owner, count);
    V0Calls.assertOk(answer);
    return answer.result();
  }

  private long refundIn(JsonNode details) {
    String first = contested(0).token().value();
    return StreamSupport.stream(details.required("items").spliterator(), false)
        .filter(item -> item.path("google_payment_token").asText().equals(first))
        .mapToLong(item -> item.required("refund_requested_unix_ts_ms").longValue())
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFault(Answer answer) {
    return answer.status() == 500
        || answer.json().path("error_code").asText().equals("internal_error");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private enum Deed {
    PROVE_V0,
    PROVE_V1,
    MINT,
    MINT_WAITING,
    REVOKE,
    REFUND,
    READ,
    POLL,
    SELL,
    TAKE_BACK,
    DRAIN
  }

  /// One of the threads.
  private final class Participant {
    private final int number;
    private final Random random;
    private int sold;
    private int takenBack;

    Participant(int number) {
      this.number = number;
      this.random = new Random(seed + number);
    }

    /// The first step makes the account.
    void step(int step) {
      int at = random.nextInt(doors.size());
      Door door = doors.get(at);
      if (step % STEPS_TO_A_CLAIM == 0) {
        claim(door, step / STEPS_TO_A_CLAIM, step == 0 || random.nextBoolean());
        return;
      }
      switch (any(List.of(Deed.values()))) {
        case PROVE_V0 ->
            ask(() -> door.v0().proof(owner))
                .ifPresent(answer ->
                    chronicle.proofs.add(answer.with(V0Calls.proofIn(answer.what()).tag().hex())));
        case PROVE_V1 ->
            ask(() -> door.v1().proof(owner))
                .ifPresent(answer ->
                    chronicle.proofs.add(answer.with(V1Calls.proofIn(answer.what()).tag().hex())));
        case MINT -> mint(door, List.of(PaymentProvider.values()), true);
        case MINT_WAITING ->
            mint(door, List.of(PaymentProvider.GOOGLE_PLAY, PaymentProvider.APP_STORE), false);
        case REVOKE -> revoke(door);
        case REFUND -> refund(door);
        case READ -> read(door);
        case POLL -> poll(door, at);
        case SELL -> sell();
        case TAKE_BACK -> takeBack(door);
        case DRAIN -> drain();
      }
    }

    private <T> T any(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    /// Asks; empty if the server could not do it, which it may not be able to while all wait for the
    /// same row.
    private Optional<Timed<Answer>> ask(Supplier<Answer> request) {
      Timed<Answer> answer = Timed.of(request);
      if (isFault(answer.what())) {
        chronicle.faults.incrementAndGet();
        return Optional.empty();
      }
      return Optional.of(answer);
    }

    private void claim(Door door, int payment, boolean byOwner) {
      Person claimant = byOwner ? owner : rival;
      Timed<Answer> answer = Timed.of(() -> door.v0().add(claimant, contested(payment), YEAR));
      boolean fault = isFault(answer.what());
      int status = fault ? Chronicle.FAULT : answer.what().json().required("status").intValue();
      chronicle.claims.add(answer.with(new Chronicle.Claim(payment, byOwner, status)));
      chronicle.faults.addAndGet(fault ? 1 : 0);
      if (byOwner && status == Chronicle.SUCCESS) {
        chronicle.proofs.add(answer.with(V0Calls.proofIn(answer.what()).tag().hex()));
      }
    }

    private void mint(Door door, List<PaymentProvider> providers, boolean redeem) {
      PaymentProvider provider = any(providers);
      ask(() -> door.dev().addPayment(owner, provider, Duration.ofDays(30), redeem))
          .ifPresentOrElse(
              answer -> {
                V1Calls.assertOk(answer.what());
                JsonNode result = answer.what().result();
                chronicle.gifts.add(answer.with(result.required("payment_id").textValue()));
              },
              chronicle.unknownGifts::incrementAndGet);
    }

    private void revoke(Door door) {
      ask(() -> door.dev().revoke(owner))
          .ifPresent(answer -> {
            V1Calls.assertOk(answer.what());
            JsonNode result = answer.what().result();
            assertThat(result.required("new_generation_allocated").booleanValue()).isTrue();
            chronicle.revocations.add(
                answer.with(result.required("revoked_generation_id").intValue()));
          });
    }

    private void refund(Door door) {
      long requested = refund.incrementAndGet();
      ask(() -> door.v0().refund(owner, contested(0), Instant.ofEpochMilli(requested)))
          .ifPresent(answer -> {
            V0Calls.assertOk(answer.what());
            assertThat(answer.what().result().required("updated").booleanValue()).isTrue();
            chronicle.refunds.add(answer.with(requested));
          });
    }

    private void read(Door door) {
      ask(() -> door.v0().details(owner, 10_000))
          .ifPresent(answer -> {
            V0Calls.assertOk(answer.what());
            JsonNode result = answer.what().result();
            chronicle.readings.add(
                answer.with(
                    new Chronicle.Reading(
                        result.required("payments_total").longValue(), refundIn(result))));
          });
    }

    private void poll(Door door, int at) {
      Timed<ServedList> list = Timed.of(() -> new ServedList().poll(door));
      chronicle.polls.add(
          list.with(new Chronicle.Poll(at, list.what().ticket(), list.what().tags())));
    }

    private Purchase cycle(int cycle) {
      Instant at = RunningBackend.T.plusSeconds(cycle);
      return Purchase.google("token-" + number, "order-" + cycle, at, at.plus(Duration.ofDays(30)))
          .boundTo(new Binding(StoreBindings.of(owner.masterKey()).googleKey()));
    }

    private void sell() {
      Purchase next = cycle(sold + 1);
      Timed<Boolean> sale =
          Timed.of(() -> told(Statement.of(next.key(), next.witnessed(), next.terms())));
      if (sale.what()) {
        sold++;
        chronicle.gifts.add(sale.with(next.key().subscription() + "|" + next.key().cycle()));
      }
    }

    /// What waits for its owner and is taken back is never his, so he asks first.
    private void takeBack(Door door) {
      if (takenBack < sold && ask(() -> door.v1().status(owner)).isPresent()) {
        Revoked back = new Revoked(clock.instant(), RevokedFor.REFUND, false);
        takenBack += told(Statement.of(cycle(takenBack + 1).key(), back)) ? 1 : 0;
      }
    }

    private boolean told(Statement statement) {
      try {
        store.record(List.of(statement), clock.instant());
        return true;
      } catch (DatabaseFault nothingKept) {
        chronicle.faults.incrementAndGet();
        return false;
      }
    }

    private void drain() {
      store.drainCredits(
          store.account(owner.masterKey()).orElseThrow().id(), clock.instant(), Duration.ZERO);
    }
  }
}
