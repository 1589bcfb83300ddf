package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.Generation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.backend.entitlement.RandomHistory;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Ticket;

/// Random histories with passes over credits in between: whatever was bought and lost, nothing that
/// anybody is answered tells whether there was a pass.
///
/// `-Ddrain.histories=N` sets how many run on SQLite (a fifth of them on PostgreSQL),
/// `-Ddrain.histories.seed=N` which.
class DrainHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("drain.histories", 60);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void answersDoNotTellWhetherThereWasAPass(Engine engine) {
    int count =
        switch (engine) {
          case SQLITE -> HISTORIES;
          case POSTGRESQL -> HISTORIES / 5;
        };
    long first = Long.getLong("drain.histories.seed", 20_261_123);
    System.out.printf("%d histories with passes on %s from seed %d%n", count, engine, first);
    int passes = 0;
    try (LedgerFixture it = new LedgerFixture(engine, folder)) {
      for (int i = 0; i < count; i++) {
        passes += new Life(it, owner(i), new Random(first + i), "seed " + (first + i)).run();
      }
    }
    assertThat(passes).as("passes that charged something").isGreaterThan(count / 2);
  }

  private static MasterKey owner(int number) {
    byte[] bytes = ByteBuffer.allocate(32).putInt(number + 1).array();
    return new MasterKey(ByteString.of(bytes));
  }

  /// One customer.
  private static final class Life {
    private final LedgerFixture it;
    private final MasterKey owner;
    private final Random random;
    private final String name;
    private Instant now = RandomHistory.START;
    private int passes;

    Life(LedgerFixture it, MasterKey owner, Random random, String name) {
      this.it = it;
      this.owner = owner;
      this.random = random;
      this.name = name;
    }

    int run() {
      for (Statement statement : statements()) {
        now = now.plus(Duration.ofHours(random.nextInt(1_500)));
        it.ledger.record(List.of(statement), now);
        now = now.plus(Duration.ofHours(random.nextInt(1_500)));
        pass();
      }
      now = now.plus(Duration.ofDays(1_000));
      pass();
      return passes;
    }

    /// Each payment is bound while it stands; what happened to it later is told at some time after.
    private List<Statement> statements() {
      List<Statement> statements = new ArrayList<>();
      RandomHistory.pending(random, _ -> null)
          .payments()
          .forEach((key, facts) -> {
            Instant bound = facts.getFirst().happenedAt();
            Statement.Claim claim = new Statement.Claim(owner, bound, ClaimedBy.TOKEN);
            int first = random.nextInt(statements.size() + 1);
            statements.add(first, new Statement(key, facts.subList(0, 2), claim));
            int second = first + 1 + random.nextInt(statements.size() - first);
            statements.add(second, new Statement(key, facts, null));
          });
      return statements;
    }

    private void pass() {
      Account stored = it.ledger.account(owner).orElse(null);
      if (stored == null) {
        return;
      }
      Seen before = look(now);
      Seen ahead = look(now.plus(Duration.ofDays(40)));

      if (it.ledger.drainCredits(stored.id(), now, Duration.ZERO).isPresent()) {
        passes++;
      }

      assertThat(look(now)).as(name + ": answers now").isEqualTo(before);
      assertThat(look(now.plus(Duration.ofDays(40)))).as(name + ": answers later").isEqualTo(ahead);
      assertThat(it.ledger.drainCredits(stored.id(), now, Duration.ZERO))
          .as(name + ": nothing is left to charge")
          .isEmpty();
      assertReplay();
    }

    private Seen look(Instant at) {
      Account account = it.ledger.account(owner, at).orElseThrow();
      return new Seen(
          account.entitlement(),
          account.generation(),
          account.offset(),
          it.ledger.status(owner, at).map(status -> status.latest().payment()).orElse(null),
          it.ledger.details(owner, 100, at).map(Life::withoutCheckpoint).orElse(null),
          it.ledger.page(owner, null, 100, at),
          it.ledger.ticket());
    }

    /// The checkpoint is shown to nobody.
    private static Ledger.Details withoutCheckpoint(Ledger.Details details) {
      Account account = details.account();
      return new Ledger.Details(
          new Account(
              account.id(),
              account.generation(),
              account.entitlement(),
              account.carrier(),
              account.offset(),
              null,
              account.counters()),
          details.carrier(),
          details.newest(),
          details.liveCredits(),
          details.total());
    }

    private void assertReplay() {
      Tables tables = Tables.of(it.database.dialect());
      Account account = it.ledger.account(owner).orElseThrow();
      it.database.read(handle -> {
        for (PaymentRow row : tables.payments().ofAccount(handle, account.id())) {
          assertThat(Payment.replay(row.payment().key(), FactTable.of(handle, row.id())))
              .as(name)
              .isEqualTo(row.payment());
        }
        Account replayed = account;
        for (AccountFact fact : FactTable.of(handle, account.id())) {
          replayed = replayed.apply(fact);
        }
        assertThat(replayed).as(name).isEqualTo(account);
        return handle;
      });
    }
  }

  /// Everything that answers are made of.
  private record Seen(
      Object entitlement,
      Generation generation,
      ProofOffset offset,
      @Nullable Payment latest,
      Ledger.@Nullable Details details,
      Optional<Ledger.History> history,
      Ticket ticket) {}
}
