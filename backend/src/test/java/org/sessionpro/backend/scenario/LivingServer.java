package org.sessionpro.backend.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.proof.Issuance;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofPolicy;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ProofAnswer;
import org.sessionpro.simulator.script.Question;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerUnderTest;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// The parts of a server that stores concern, without process, threads and sockets: the real
/// handlers, intake and jobs on a real database. It works when it is told to, one thing after the other.
final class LivingServer implements ServerUnderTest {
  private static final int AT_ONCE = 4;
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final RotatingKey ROTATING = Person.unknown().rotatingKey();

  /// More than any number of looks that one change brings about.
  private static final int MOST_ROUNDS = 10_000;

  private final Workplace at;
  private final List<Open> stores;
  private final List<Due> jobs = new ArrayList<>();
  private final ProofIssuer issuer;

  /// A job and when it is due.
  private static final class Due {
    private final Job job;
    private Instant next = Instant.MIN;

    Due(Job job) {
      this.job = job;
    }

    boolean runIfDue(Instant now) {
      if (now.isBefore(next)) {
        return false;
      }
      next = now.plus(job.interval());
      try {
        job.work().run(() -> true);
      } catch (IllegalStateException undone) {
        // The store did not answer as it should; it is tried again after the interval.
      }
      return true;
    }
  }

  /// A store and what is done about each kind of its items.
  private record Open(Storefront store, Map<WorkKind, WorkHandler> handlers) {}

  LivingServer(Workplace at, List<Storefront> stores) {
    this.at = at;
    this.stores = stores.stream().map(one -> new Open(one, one.handlers())).toList();
    stores.forEach(one -> one.jobs().forEach(job -> jobs.add(new Due(job))));
    this.issuer =
        new ProofIssuer(
            at.ledger(),
            ServerKey.development(RunningBackend.CRYPTO),
            RunningBackend.CRYPTO,
            new ProofPolicy(Books.ALLOWANCE, 0),
            new ProofLog(at.mask()),
            at.clock());
  }

  @Override
  public void settle() {
    stores.forEach(one -> one.store().stage().catchUp());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      // Two looks are never at the same instant.
      at.clock().advance(MOMENT);
      if (!receive() && !work() && !runJobs()) {
        return;
      }
    }
    throw new AssertionError("there is always something left to do");
  }

  /// Whether any was due.
  private boolean runJobs() {
    boolean any = false;
    for (Due job : jobs) {
      any |= job.runIfDue(at.clock().instant());
    }
    return any;
  }

  private boolean receive() {
    boolean any = false;
    for (Open one : stores) {
      any |= one.store().receive();
    }
    return any;
  }

  private boolean work() {
    boolean any = false;
    for (Open one : stores) {
      List<Claim> claims =
          AnyLane.claim(
              at.inbox(),
              one.store().provider(),
              one.handlers().keySet(),
              AT_ONCE,
              at.clock().instant());
      claims.forEach(claim -> attend(claim, one.handlers()));
      any |= !claims.isEmpty();
    }
    return any;
  }

  private void attend(Claim claim, Map<WorkKind, WorkHandler> handlers) {
    WorkHandler handler = Optional.ofNullable(handlers.get(claim.item().kind())).orElseThrow();
    Outcome outcome =
        handler.handle(
            new WorkHandler.Turn() {
              @Override
              public Claim claim() {
                return claim;
              }

              @Override
              public boolean goesOn() {
                return true;
              }
            });
    at.inbox().settle(claim, outcome, at.clock().instant());
  }

  @Override
  public Optional<ProofAnswer> askForProof(Buyer buyer) {
    return Optional.of(
        switch (issuer.issueV1(buyer.key(), ROTATING, at.clock().instant())) {
          case Issuance.Issued<?> _ -> ProofAnswer.ISSUED;
          case Issuance.NotSubscribed<?> _ -> ProofAnswer.NOT_SUBSCRIBED;
          case Issuance.Revoked<?> _ -> ProofAnswer.REVOKED;
          case Issuance.Expired<?> _ -> ProofAnswer.SUBSCRIPTION_EXPIRED;
          case Issuance.RateLimited<?> _ -> ProofAnswer.RATE_LIMITED;
        });
  }

  @Override
  public void ask(Buyer buyer, Question question) {
    Instant now = at.clock().instant();
    at.ledger().visit(buyer.key(), now, now).bind();
  }

  @Override
  public Optional<Integer> add(Buyer buyer, StoreCycle cycle) {
    return Optional.empty();
  }

  @Override
  public void grant(Buyer buyer, Plan plan) {
    Duration length = plan.nominalLength().orElseThrow();
    new VoucherMint(at.ledger()).mint(buyer.key(), plan, length, at.clock().instant());
  }

  @Override
  public void restart(Map<String, String> settings) {
    throw new UnsupportedOperationException("this is no process");
  }

  @Override
  public void kill() {
    throw new UnsupportedOperationException("this is no process");
  }

  @Override
  public void start() {
    throw new UnsupportedOperationException("this is no process");
  }

  @Override
  public void reachDatabase(boolean reachable) {
    throw new UnsupportedOperationException("this is no process");
  }

  @Override
  public void operate(List<String> words) {
    throw new UnsupportedOperationException("this is no process");
  }

  @Override
  public void remember(Buyer buyer) {
    at.books().remember(buyer);
  }

  @Override
  public Verdict check(ServerExpectation expectation, Scene scene) {
    return at.books().check(expectation, scene);
  }
}
