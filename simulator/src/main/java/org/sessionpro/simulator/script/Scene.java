package org.sessionpro.simulator.script;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;

/// What the names of a running script stand for: people, purchases, instants. Safe for any number of
/// threads, because steps may happen while a request is being answered.
public final class Scene {
  private final InstantSource clock;
  private final List<Stage> stages;
  private final Map<String, Buyer> buyers = new ConcurrentHashMap<>();
  private final Map<String, StoreId> purchases = new ConcurrentHashMap<>();
  private final Map<String, Instant> labels = new ConcurrentHashMap<>();
  private final Map<Stage, Long> callsBefore = new ConcurrentHashMap<>();

  Scene(InstantSource clock, List<Stage> stages) {
    this.clock = clock;
    this.stages = stages;
    stages.forEach(stage -> callsBefore.put(stage, stage.calls().answered()));
  }

  /// The simulated time.
  public Instant now() {
    return clock.instant();
  }

  void introduce(Buyer buyer) {
    Buyer known = buyers.putIfAbsent(buyer.name(), buyer);
    if (known != null && !known.equals(buyer)) {
      throw new ScriptError("there is another " + buyer.name() + " already");
    }
  }

  /// The person of that name.
  ///
  /// @throws ScriptError if nobody is called so
  public Buyer buyer(String name) {
    return known(buyers.get(name), "nobody is called " + name);
  }

  public Collection<Buyer> buyers() {
    return List.copyOf(buyers.values());
  }

  /// Gives a purchase its name.
  ///
  /// @throws ScriptError if another one has it
  public void name(String name, StoreId purchase) {
    if (purchases.putIfAbsent(name, purchase) != null) {
      throw new ScriptError("there is a purchase " + name + " already");
    }
  }

  /// The store's name of a purchase.
  ///
  /// @throws ScriptError if none has that name
  public StoreId purchase(String name) {
    return known(purchases.get(name), "no purchase is called " + name);
  }

  /// The names that purchases have in the script.
  public Set<String> purchaseNames() {
    return Set.copyOf(purchases.keySet());
  }

  /// The store's names of several purchases: of those whose names begin as `pattern` does before its
  /// final `*`, or of the one that is called `pattern`.
  ///
  /// @throws ScriptError if there is none
  public List<StoreId> purchases(String pattern) {
    if (!pattern.endsWith("*")) {
      return List.of(purchase(pattern));
    }
    String beginning = pattern.substring(0, pattern.length() - 1);
    List<StoreId> found =
        purchases.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(beginning))
            .map(Map.Entry::getValue)
            .toList();
    if (found.isEmpty()) {
      throw new ScriptError("no purchase is called " + pattern);
    }
    return found;
  }

  /// Whether a store's name is that of a purchase of this script.
  public boolean knows(StoreId purchase) {
    return purchases.containsValue(purchase);
  }

  void label(String name, Instant instant) {
    labels.put(name, instant);
  }

  /// The instant that is meant.
  ///
  /// @throws ScriptError if the label stands nowhere
  public Instant instant(Moment moment) {
    return moment.from(known(labels.get(moment.label()), "no step is labelled @" + moment.label()));
  }

  /// The instant that an expectation about a cycle means; null if it is that there is none.
  ///
  /// @throws ScriptError if `value` is [InstantValue.Present], which means no instant in particular
  public @Nullable Instant expected(InstantValue value, CycleRef cycle) {
    return switch (value) {
      case InstantValue.At at -> instant(at.moment());
      case InstantValue.Absent _ -> null;
      case InstantValue.AsPaid _ -> stage(cycle).paidUntil(cycle, this);
      case InstantValue.Present _ -> throw new ScriptError("any instant will do");
    };
  }

  /// The store's names of a cycle.
  public StoreCycle cycle(CycleRef cycle) {
    return stage(cycle).cycle(cycle, this);
  }

  private Stage stage(CycleRef cycle) {
    PaymentProvider store =
        switch (purchase(cycle.purchase())) {
          case PurchaseToken _ -> PaymentProvider.GOOGLE_PLAY;
          case TransactionId _ -> PaymentProvider.APP_STORE;
          case OrderId _ -> PaymentProvider.STF;
        };
    return stages.stream()
        .filter(stage -> stage.store() == store)
        .findFirst()
        .orElseThrow(() -> new ScriptError("there is no " + store.code() + " here"));
  }

  long callsBefore(Stage stage) {
    return callsBefore.getOrDefault(stage, 0L);
  }

  private static <T> T known(@Nullable T found, String complaint) {
    if (found == null) {
      throw new ScriptError(complaint);
    }
    return found;
  }
}
