package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.NoticeBoard;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;

/// A store on a clock that stands still, and what it announces.
final class PlayRig implements NoticeBoard {
  static final Instant T = Instant.parse("2026-01-31T10:00:00.250Z");
  static final String ID = "5f".repeat(32);
  static final PlayAccount BUYER = new PlayAccount("buyer");

  final SimulatedClock clock = new SimulatedClock(T);
  final List<Announced> announced = new ArrayList<>();
  final PlayStore store;

  record Announced(Instant at, Notice notice) {}

  PlayRig(Quirk... quirks) {
    this(SessionCatalogue.catalogue(), quirks);
  }

  PlayRig(Catalogue catalogue, Quirk... quirks) {
    this.store = new PlayStore(catalogue, clock, this, Set.of(quirks), 1);
  }

  @Override
  public void publish(Instant eventTime, Notice notice) {
    announced.add(new Announced(eventTime, notice));
  }

  /// What was announced, in words, and nothing of it is left.
  List<String> news() {
    store.catchUp();
    List<String> words = announced.stream().map(said -> said.notice().word()).toList();
    announced.clear();
    return words;
  }

  /// A subscription that is acknowledged at once.
  PurchaseToken subscriber(BasePlanId plan) {
    PurchaseToken token = buy(plan).token();
    store.acknowledge(token, null);
    announced.clear();
    return token;
  }

  Subscription buy(BasePlanId plan) {
    return store.buy(Purchase.of(BUYER, store.catalogue().sale(plan), ExternalIds.ofAccount(ID)));
  }

  Subscription subscription(PurchaseToken token) {
    return store.subscription(token);
  }

  void at(Instant instant) {
    clock.forwardTo(instant);
    store.catchUp();
  }

  void pass(Duration span) {
    at(clock.instant().plus(span));
  }

  /// That many months after [#T].
  static Instant month(int months) {
    return T.atOffset(ZoneOffset.UTC).plus(Period.ofMonths(months)).toInstant();
  }

  void cancel(PurchaseToken token) {
    store.cancel(token, Canceler.USER);
  }
}
