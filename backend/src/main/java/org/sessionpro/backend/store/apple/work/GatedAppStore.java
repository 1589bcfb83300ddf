package org.sessionpro.backend.store.apple.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.GatedCalls;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Purpose;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.TransactionId;

/// The App Store, asked only when its gate lets us ([GatedCalls]).
public final class GatedAppStore implements AppStoreApi {
  private static final GatedCalls.Store STORE =
      new GatedCalls.Store("The App Store", LoggerName.APP_STORE);

  private final AppStoreApi apple;
  private final GatedCalls calls;

  /// @param gate shared by everything that asks
  /// @param purpose of everything that is asked through this
  public GatedAppStore(AppStoreApi apple, StoreGate gate, Purpose purpose, InstantSource clock) {
    this.apple = apple;
    this.calls = new GatedCalls(STORE, gate, purpose, clock);
  }

  @Override
  public StoreAnswer<List<Standing>> statuses(TransactionId any) {
    return calls.ask(() -> apple.statuses(any));
  }

  @Override
  public StoreAnswer<HistoryPage> history(TransactionId any, @Nullable Revision after) {
    return calls.ask(() -> apple.history(any, after));
  }

  @Override
  public StoreAnswer<NotificationPage> notifications(
      Instant from, Instant until, @Nullable PageToken page) {
    return calls.ask(() -> apple.notifications(from, until, page));
  }

  @Override
  public StoreAnswer<TestToken> requestTest() {
    return calls.ask(apple::requestTest);
  }

  @Override
  public StoreAnswer<TestResult> testResult(TestToken token) {
    return calls.ask(() -> apple.testResult(token));
  }
}
