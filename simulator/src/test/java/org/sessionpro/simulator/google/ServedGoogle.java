package org.sessionpro.simulator.google;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.Subscription;

/// A simulator that is served, and a client that is signed in.
public final class ServedGoogle implements AutoCloseable {
  public static final Instant T = Instant.parse("2026-03-04T10:00:03.412Z");
  public static final String ID = "5f".repeat(32);

  /// Shared, because making its keys takes longer than most tests.
  private static final ServiceAccount ACCOUNT = new ServiceAccount("server@example.org", "key-1");

  public final SimulatedClock clock = new SimulatedClock(T);
  public final GoogleSimulator simulator;
  public final GoogleSimulator.Served served;
  public final GoogleClient client;

  public ServedGoogle(Quirk... quirks) {
    GoogleSettings settings =
        new GoogleSettings(
            GoogleSettings.ofSeed(1).catalogue(), Set.of(quirks), 1, Duration.ofMillis(20));
    simulator = new GoogleSimulator(settings, clock, InstantSource.system(), ACCOUNT);
    served = simulator.serve(0, Map.of());
    try {
      client = new GoogleClient(served.url(), credentials()).signIn();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public byte[] credentials() {
    return simulator.tokens().account().credentials(served.url().resolve("/token"));
  }

  public PlayStore store() {
    return simulator.store();
  }

  public Subscription buy(BasePlanId plan) {
    return store()
        .buy(
            Purchase.of(
                new PlayAccount("buyer"),
                store().catalogue().sale(plan),
                ExternalIds.ofAccount(ID)));
  }

  public PurchaseToken subscriber(BasePlanId plan) {
    PurchaseToken token = buy(plan).token();
    store().acknowledge(token, null);
    return token;
  }

  public void pass(Duration span) {
    clock.advance(span);
  }

  @Override
  public void close() {
    client.close();
    served.close();
  }
}
