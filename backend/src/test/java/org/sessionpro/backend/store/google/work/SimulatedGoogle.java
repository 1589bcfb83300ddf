package org.sessionpro.backend.store.google.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.Endpoints;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.config.GoogleSettings.Queue;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.PubSubApi;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.OneTimeOrder;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Voiding;
import org.sessionpro.simulator.google.pubsub.DeliveryRule;
import org.sessionpro.simulator.google.pubsub.Handling;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// A simulated Google behind a real socket, and how a server is pointed at it. The clock stands still
/// until it is moved.
public final class SimulatedGoogle implements AutoCloseable {
  public static final Instant T = Instant.parse("2026-03-04T10:00:03.412Z");

  private static final Pattern VARIABLE = Pattern.compile("(?m)^([A-Z_]+)='(.*)'$");

  /// Shared, for its keys take long to make.
  private static final ServiceAccount ACCOUNT = new ServiceAccount("server@example.org", "key-1");

  private final SimulatedClock clock;
  private final GoogleSimulator simulator;
  private final GoogleSimulator.Served served;
  private final Path folder;
  private final AtomicInteger buyers = new AtomicInteger();

  /// @param folder for what points a server at it
  public SimulatedGoogle(Path folder) {
    this(folder, T);
  }

  /// One that begins at an instant of one's own.
  public SimulatedGoogle(Path folder, Instant start) {
    this.folder = folder;
    clock = new SimulatedClock(start);
    simulator =
        new GoogleSimulator(
            org.sessionpro.simulator.google.GoogleSettings.ofSeed(1),
            clock,
            InstantSource.system(),
            ACCOUNT);
    served = simulator.serve(0, Map.of());
    ConfigurationFiles.write(folder, served.url(), ACCOUNT);
  }

  /// A server that knows the plan of a month and the credit of 30 days.
  public GoogleSettings settings() {
    return settings(
        Map.of(new BasePlanId(SessionCatalogue.ONE_MONTH.value()), new Plan("1m")),
        Map.of(new ProductId(SessionCatalogue.CREDIT.value()), new Plan("30d")));
  }

  GoogleSettings settings(Map<BasePlanId, Plan> plans, Map<ProductId, Plan> oneTime) {
    URI root = URI.create(served.url() + "/");
    return new GoogleSettings(
        new PackageName(SessionCatalogue.PACKAGE.value()),
        new Queue(PubSubApi.PROJECT, PubSubApi.SUBSCRIPTION),
        folder.resolve(ConfigurationFiles.CREDENTIALS),
        new Catalogue(new ProductId(SessionCatalogue.SESSION_PRO.value()), plans, oneTime, false),
        new Endpoints(root, root),
        Duration.ofHours(6),
        10);
  }

  /// The variables of the environment that point a server at it.
  public Map<String, String> environment() {
    try {
      return VARIABLE
          .matcher(Files.readString(folder.resolve(ConfigurationFiles.ENVIRONMENT)))
          .results()
          .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public SimulatedClock clock() {
    return clock;
  }

  public PlayStore store() {
    return simulator.store();
  }

  /// Messages that are not acknowledged.
  public int unacknowledgedMessages() {
    return simulator.queue().size();
  }

  /// Nobody has bought anything before.
  private PlayAccount nextBuyer() {
    return new PlayAccount("buyer-" + buyers.incrementAndGet());
  }

  /// Buys a month.
  ///
  /// @param owner null for a purchase that names nobody
  public PurchaseToken buy(@Nullable MasterKey owner) {
    return store()
        .buy(
            Purchase.of(
                nextBuyer(),
                store().catalogue().sale(SessionCatalogue.ONE_MONTH),
                owner == null ? null : ExternalIds.ofAccount(owner.hex())))
        .token();
  }

  /// Buys credits of 30 days.
  public PurchaseToken buyOnce(MasterKey owner, int quantity) {
    return store()
        .buyOnce(
            new OneTimeOrder(
                nextBuyer(),
                new Basket(SessionCatalogue.CREDIT, quantity),
                ExternalIds.ofAccount(owner.hex()),
                false,
                false))
        .token();
  }

  /// The buyer gets the money of the newest cycle back and loses the subscription.
  public void refund(PurchaseToken token) {
    store().refund(order(token), true);
  }

  /// The buyer gives one of the things back that were bought once.
  public void takeBackOne(PurchaseToken token) {
    store().takeBack(token, 1, Voiding.Cause.REMORSE);
  }

  /// The order that paid for the newest cycle.
  public OrderId order(PurchaseToken token) {
    return store().subscription(token).newest().orElseThrow().order();
  }

  /// All notifications from now on are handled like that.
  public void deliver(Handling handling) {
    simulator
        .delivery()
        .add(new DeliveryRule(Set.of(), null, DeliveryRule.UNTIL_CLEARED, handling));
  }

  /// No notification of that news arrives from now on.
  void lose(SubscriptionEvent news) {
    simulator
        .delivery()
        .add(
            new DeliveryRule(
                Set.of(news.name()), null, DeliveryRule.UNTIL_CLEARED, new Handling.Lost()));
  }

  /// Notifications arrive again as they should.
  public void clearDelivery() {
    simulator.delivery().clear();
  }

  /// The next `times` requests of that kind go wrong.
  public void fail(String endpoint, int times, Effect effect) {
    simulator.desk().faults().add(new Fault(endpoint, null, times, effect));
  }

  public void refuse(String endpoint, int times, int status, @Nullable Duration after) {
    fail(endpoint, times, new Effect.Refused(status, "", after));
  }

  /// How often that was asked for.
  public int calls(String endpoint) {
    return simulator.desk().calls().since(0, endpoint, null).size();
  }

  /// Lets time pass, and happen what is due then.
  public void advance(Duration step) {
    clock.advance(step);
    store().catchUp();
  }

  @Override
  public void close() {
    served.close();
  }
}
