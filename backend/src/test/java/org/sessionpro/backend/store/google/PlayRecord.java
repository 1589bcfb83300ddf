package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.google.SubscriptionResource.ExternalIds;
import org.sessionpro.backend.store.google.SubscriptionResource.LineItem;
import org.sessionpro.backend.store.google.SubscriptionResource.Notes;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// Google's record of a subscription in a few words: the monthly plan, renewing, acknowledged, bought
/// by [Shelf#ALICE] at [Shelf#T], unless something else is said.
final class PlayRecord {
  static final ProductId PRO = new ProductId("session_pro");

  private final State state;
  private final List<LineItem> items = new ArrayList<>();
  private @Nullable Instant startTime = Shelf.T;
  private boolean acknowledged = true;
  private boolean test;
  private boolean foreign;
  private boolean replaced;
  private @Nullable Binding own = Shelf.ALICE_ID;
  private @Nullable Binding expired;
  private @Nullable PurchaseToken expiredToken;
  private @Nullable PurchaseToken linked;

  private PlayRecord(State state) {
    this.state = state;
  }

  static PlayRecord of(State state, String order, Instant expiry) {
    return new PlayRecord(state).item("session-pro-1-month", order, expiry, true);
  }

  static PlayRecord withoutItems(State state) {
    return new PlayRecord(state);
  }

  PlayRecord item(String basePlan, String order, Instant expiry, boolean renewing) {
    return item(
        new LineItem(new OrderId(order), expiry, new BasePlanId(basePlan), false, renewing));
  }

  PlayRecord item(LineItem item) {
    items.add(item);
    return this;
  }

  PlayRecord prepaid() {
    LineItem only = items.removeFirst();
    return item(new LineItem(only.order(), only.expiry(), only.basePlan(), true, false));
  }

  PlayRecord plan(String basePlan) {
    LineItem only = items.removeFirst();
    return item(new LineItem(only.order(), only.expiry(), new BasePlanId(basePlan), false, true));
  }

  PlayRecord notRenewing() {
    LineItem only = items.removeFirst();
    return item(new LineItem(only.order(), only.expiry(), only.basePlan(), false, false));
  }

  PlayRecord notAcknowledged() {
    acknowledged = false;
    return this;
  }

  PlayRecord ofTester() {
    test = true;
    return this;
  }

  PlayRecord ofAnotherProduct() {
    items.clear();
    foreign = true;
    return this;
  }

  PlayRecord replaced() {
    replaced = true;
    return this;
  }

  PlayRecord started(@Nullable Instant at) {
    startTime = at;
    return this;
  }

  PlayRecord by(@Nullable Binding id) {
    own = id;
    return this;
  }

  PlayRecord again(@Nullable Binding expiredId, @Nullable PurchaseToken token) {
    own = null;
    expired = expiredId;
    expiredToken = token;
    return this;
  }

  PlayRecord instead(PurchaseToken before) {
    linked = before;
    return this;
  }

  SubscriptionResource resource() {
    return new SubscriptionResource(
        state,
        startTime,
        items,
        acknowledged,
        new ExternalIds(own, expired, expiredToken),
        linked,
        new Notes(test, foreign, replaced, null, null));
  }
}
