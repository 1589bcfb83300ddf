package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Remark;
import org.sessionpro.backend.ledger.Remark.Topic;
import org.sessionpro.backend.ledger.RemarksHeard;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.ledger.Ruling;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.backend.ledger.Subscriptions;
import org.sessionpro.backend.store.apple.AppleConverge;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Said;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.protocol.crypto.Crypto;

/// What `pro account show` tells of the words of a store.
class StoreWordsTest {
  private static final Instant NOW = Said.day(40);
  private static final String TOKEN = Said.token(Said.BOB).toString();

  @TempDir Path folder;
  private CapturedShell shell = new CapturedShell(Map.of());
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void fill() {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    environment = Map.of("SESH_PRO_BACKEND_DB_URL", Engine.text(url), "SESH_PRO_BACKEND_DEV", "1");
    try (Ledger ledger =
        new Ledger(
            Databases.open(url),
            Rules.of(RenewalAllowance.DEFAULT, Draws.from(new SecureRandom())))) {
      Subscriptions subscriptions = ledger.subscriptions();
      Snapshot snapshot =
          new Snapshot(
              Said.SUBSCRIPTION,
              Said.cycle(1).tx(),
              List.of(),
              Said.renewal(true, Said.day(30)),
              3,
              null,
              new Snapshot.Notice("DID_FAIL_TO_RENEW", null, Said.day(30)));
      assertThat(
              subscriptions.converge(
                  Said.SUBSCRIPTION,
                  List.of(),
                  Premise.none(),
                  known -> {
                    Applied it =
                        (Applied) new AppleConverge(Said.PRODUCTS).converge(known, snapshot, NOW);
                    return new Ruling<>(
                        it.statements(),
                        it.notes(),
                        List.of(),
                        it.state(),
                        subscriptions.remarking(
                            Said.SUBSCRIPTION,
                            List.of(
                                new RemarksHeard(
                                    Topic.SALE, Said.day(1), Map.of(Remark.PRICE, "1990")),
                                new RemarksHeard(
                                    Topic.RENEWAL,
                                    Said.day(30),
                                    Map.of(Remark.NEXT_OWNER, TOKEN)))),
                        Reading.COMPARED,
                        true);
                  },
                  NOW))
          .contains(true);
    }
  }

  private String shown() {
    shell = new CapturedShell(environment);
    AccountCommands commands = new AccountCommands(shell.shell(), Crypto::selfTested, () -> NOW);
    String transaction = Said.cycle(1).tx().names().transaction().value();
    assertThat(
            PromisedMembers.run(shell, List.of(commands), "account", "show", transaction, "--json"))
        .as(() -> shell.err())
        .isZero();
    return shell.out();
  }

  @Test
  void howTheStoreSaysASubscriptionStandsIsShown() {
    assertThat(shown())
        .contains(
            "\"state\":\"BILLING_RETRY\",\"next_product\":\"pro.month\",\"stated_ts\":"
                + Said.day(30).getEpochSecond(),
            "\"reconciled_ts\":" + NOW.getEpochSecond());
  }

  @Test
  void remarksAreShownButNotWhomTheyLeadTo() {
    assertThat(shown())
        .contains(
            "\"remark\":\"price\",\"value\":\"1990\",\"remarked_ts\":"
                + Said.day(1).getEpochSecond(),
            "\"remark\":\"next_owner\",\"value\":\"message:")
        .doesNotContain(TOKEN);
  }
}
