package org.sessionpro.backend.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.SweepRenewals;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.AppleWithoutSockets;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.work.AppleNotifications;
import org.sessionpro.backend.store.apple.work.AppleNotifications.Receipt;
import org.sessionpro.backend.store.apple.work.AppleWork;
import org.sessionpro.backend.store.apple.work.Asking;
import org.sessionpro.backend.store.apple.work.CatchUp;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleKeys;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.script.Stage;

/// A simulated App Store, and the parts of a server that it concerns. Nothing limits how often those
/// ask it: that is real time, and tested elsewhere.
final class AppleStorefront implements Storefront {
  /// Shared, for they take long to make.
  private static final AppleKeys KEYS = AppleKeys.generate(InstantSource.system());

  private static final LeaseHolder HOLDER = new LeaseHolder("server");
  private static final int KEPT = 200;
  private static final int REFUSED = 401;

  private final SimulatedClock clock;
  private final AppleSimulator apple;
  private final Rooms rooms;
  private final AppleWithoutSockets way;
  private final Heard heard;
  private final AppleNotifications notifications;
  private final Leases leases;

  /// @param folder for the root certificate and the key
  AppleStorefront(SimulatedClock clock, Ledgers ledgers, Rooms rooms, Path folder, long seed) {
    this.clock = clock;
    this.apple =
        new AppleSimulator(AppleSettings.ofSeed(seed), clock, InstantSource.system(), KEYS);
    this.rooms = rooms;
    this.way = new AppleWithoutSockets(apple, folder, clock);
    this.heard = new Heard(way.signed());
    this.notifications = new AppleNotifications(heard, true, rooms);
    this.leases = new Leases(ledgers.database());
    apple.delivery().deliverTo(this::take);
  }

  /// As the webhook does it.
  private int take(ByteString body) {
    if (!(JsonObject.parse(body.toByteArray()).member("signedPayload").orElse(null)
        instanceof JsonValue.Text text)) {
      throw new AssertionError("the simulator posts what no App Store would");
    }
    return switch (notifications.receive(new SignedText(text.value()))) {
      case Receipt.Kept _ -> KEPT;
      case Receipt.Refused _ -> REFUSED;
    };
  }

  AppleSimulator simulator() {
    return apple;
  }

  /// What has been heard of what Apple says once only.
  Heard heard() {
    return heard;
  }

  @Override
  public StoreProvider provider() {
    return StoreProvider.APPLE;
  }

  @Override
  public Stage stage() {
    return apple.stage();
  }

  @Override
  public boolean receive() {
    boolean any = apple.delivery().due(clock.instant()) > 0;
    apple.catchUp();
    return any;
  }

  @Override
  public Map<WorkKind, WorkHandler> handlers() {
    return new AppleWork(heard, new Asking(way.api(), way.api()), way.products(), rooms).handlers();
  }

  @Override
  public List<Job> jobs() {
    return List.of(
        SweepRenewals.job(
            StoreProvider.APPLE,
            rooms.subscriptions(),
            rooms.inbox(),
            clock,
            Workplace.SWEEP,
            Workplace.LEASE),
        noted(
            CatchUpNotifications.job(
                new CatchUp(way.api(), notifications, way.settings(), rooms),
                leases,
                way.settings().catchUp().interval(),
                Workplace.LEASE)));
  }

  /// Its lease remembers when it was done last, as it does in a server.
  private Job noted(Job job) {
    return new Job(
        job.name(),
        job.interval(),
        job.lease(),
        turn -> {
          job.work().run(turn);
          Instant now = clock.instant();
          Duration length = job.lease();
          if (!(leases.take(job.name(), HOLDER, now, now.plus(length))
                  instanceof Leases.Attempt.Taken taken)
              || !leases.recordRun(taken.lease(), true, now)) {
            throw new AssertionError("nobody else is there to have the lease");
          }
        });
  }
}
