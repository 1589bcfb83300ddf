package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Lease;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.PagesOnly;
import org.sessionpro.backend.store.apple.work.AppleNotifications;
import org.sessionpro.backend.store.apple.work.CatchUp;
import org.sessionpro.backend.store.apple.work.IntakeRig;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;

/// What finds notifications of Apple's that did not arrive (`app-store.md` §1.4).
@ParameterizedClass
@EnumSource(Engine.class)
class CatchUpNotificationsTest {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final LeaseHolder HOLDER = new LeaseHolder("0123456789abcdef");

  @Parameter Engine engine;
  @TempDir Path folder;
  private IntakeRig it;
  private Leases leases;
  private AppleNotifications notifications;
  private final Sent apple = new Sent();

  /// What Apple has sent, two to a page.
  private final class Sent implements PagesOnly {
    private final List<SignedText> all = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private @Nullable StoreAnswer<NotificationPage> refusal;
    private Duration takes = Duration.ZERO;

    @Override
    public StoreAnswer<NotificationPage> notifications(
        Instant from, Instant until, @Nullable PageToken page) {
      asked.add(from);
      it.clock().advance(takes);
      StoreAnswer<NotificationPage> refused = refusal;
      if (refused != null) {
        return refused;
      }
      int begin = page == null ? 0 : Integer.parseInt(page.value());
      int end = Math.min(begin + 2, all.size());
      return new Answer<>(
          new NotificationPage(
              all.subList(begin, end),
              end == all.size() ? null : new PageToken(Integer.toString(end))));
    }
  }

  @BeforeEach
  void start() {
    it = new IntakeRig(engine, folder);
    leases = new Leases(it.database());
    notifications = it.notifications(true);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private Job job() {
    return CatchUpNotifications.job(
        new CatchUp(apple, notifications, it.settings(), it.rooms()),
        leases,
        Duration.ofMinutes(5),
        LEASE);
  }

  private static void run(Job job) {
    job.work().run(() -> true);
  }

  private static boolean isLeftUndone(Job job, boolean goesOn) {
    AtomicBoolean undone = new AtomicBoolean();
    job.work()
        .run(
            new Job.Turn() {
              @Override
              public boolean goesOn() {
                return goesOn;
              }

              @Override
              public void leaveUndone() {
                undone.set(true);
              }
            });
    return undone.get();
  }

  /// The list was read to its end at an instant.
  private void readAt(Instant at) {
    Lease lease =
        ((Leases.Attempt.Taken) leases.take(CatchUpNotifications.NAME, HOLDER, at, at.plus(LEASE)))
            .lease();
    assertThat(leases.recordRun(lease, true, at)).isTrue();
  }

  private List<ParkReason> parked() {
    return it.owed().stream()
        .flatMap(one -> Stream.ofNullable(one.parked()))
        .map(StoredWork.Parked::reason)
        .toList();
  }

  @Test
  void whatDidNotArriveIsFoundOnEveryPage() {
    for (int i = 0; i < 5; i++) {
      apple.all.add(IntakeRig.news("DID_RENEW"));
    }
    notifications.receive(apple.all.get(2));

    run(job());

    assertThat(it.owed()).as("five messages and one look").hasSize(6);
    assertThat(apple.asked).hasSize(3);
  }

  @Test
  void theFirstReadingGoesBackAsFarAsTheSettingsSay() {
    Instant now = it.clock().instant();

    run(job());

    assertThat(apple.asked).containsExactly(now.minus(Duration.ofDays(15)));
  }

  @Test
  void theNextReadingGoesOnWhereTheLastOneEnded() {
    Instant before = it.clock().instant().minus(Duration.ofHours(1));
    readAt(before);

    run(job());

    assertThat(apple.asked).containsExactly(before.minus(Duration.ofMinutes(15)));
  }

  @Test
  void aLongReadingIsFollowedByAnotherOneAtOnce() {
    Instant now = it.clock().instant();
    apple.takes = Duration.ofMinutes(10);
    for (int i = 0; i < 4; i++) {
      apple.all.add(IntakeRig.news("DID_RENEW"));
    }
    Job job = job();
    job.work()
        .run(() -> {
          apple.takes = Duration.ZERO;
          return true;
        });

    assertThat(apple.asked)
        .containsExactly(
            now.minus(Duration.ofDays(15)),
            now.minus(Duration.ofDays(15)),
            now.minus(Duration.ofMinutes(15)),
            now.minus(Duration.ofMinutes(15)));
  }

  @Test
  void whatCannotBeUsedIsKeptAndHoldsNothingUp() {
    apple.all.add(new SignedText("nonsense"));
    apple.all.add(IntakeRig.news("DID_RENEW"));

    run(job());

    assertThat(parked()).containsExactly(ParkReason.VERIFICATION);
    assertThat(it.owed()).hasSize(3);
  }

  @Test
  void aListThatIsNotReadToItsEndIsAFailure() {
    apple.refusal = new TryLater<>(Trouble.UNAVAILABLE);

    assertThatThrownBy(() -> run(job())).hasMessageContaining("not read to its end");
  }

  @Test
  void aTurnThatIsNotToComeSoonIsAFailure() {
    apple.refusal = new Throttled<>(it.clock().instant().plusSeconds(60));

    assertThatThrownBy(() -> run(job())).hasMessageContaining("Throttled");
  }

  @Test
  void whoeverIsLockedOutLeavesItUndone() {
    apple.refusal = new Unauthorized<>();

    assertThat(isLeftUndone(job(), true)).isTrue();
  }

  @Test
  void aReadingThatIsCutShortIsLeftUndone() {
    apple.all.add(IntakeRig.news("DID_RENEW"));

    assertThat(isLeftUndone(job(), false)).isTrue();
  }

  @Test
  void whatAppleHasForgottenIsToldOfOnce() {
    Instant now = it.clock().instant();
    readAt(now.minus(Duration.ofDays(30)));
    apple.refusal = new Unauthorized<>();
    Job job = job();
    try (LogLines log = new LogLines(LoggerName.APP_STORE)) {
      assertThat(isLeftUndone(job, true)).isTrue();
      assertThat(isLeftUndone(job, true)).isTrue();

      assertThat(log.critical())
          .singleElement()
          .asString()
          .contains("all subscriptions are looked at instead");
    }
    assertThat(apple.asked).containsOnly(now.minus(Duration.ofDays(29)));
  }

  private void execute(String sql) {
    it.database().<Integer>write(handle -> handle.execute(sql));
  }

  @Test
  void whatAppleHasForgottenIsMadeUpForOnceTheDatabaseWorksAgain() {
    readAt(it.clock().instant().minus(Duration.ofDays(30)));
    Job job = job();
    execute("ALTER TABLE payments RENAME TO lost");
    assertThatThrownBy(() -> run(job)).hasMessageContaining("payments");
    assertThat(apple.asked).isEmpty();
    execute("ALTER TABLE lost RENAME TO payments");
    try (LogLines log = new LogLines(LoggerName.APP_STORE)) {
      run(job);

      assertThat(log.critical())
          .singleElement()
          .asString()
          .contains("all subscriptions are looked at instead");
    }
  }
}
