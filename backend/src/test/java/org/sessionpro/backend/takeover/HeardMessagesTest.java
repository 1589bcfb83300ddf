package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.appleMessage;
import static org.sessionpro.backend.takeover.PythonDatabase.googleMessage;
import static org.sessionpro.backend.takeover.SummerDatabase.at;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.protocol.ByteString;

/// What stores had told the old service, of either generation, is known again, by the instants of the
/// stores (`import-python.md` §4.7).
class HeardMessagesTest {
  private static final String UUID = "00000000-0000-4000-8000-000000000001";

  @TempDir Path folder;
  private Takeovers it;

  @BeforeEach
  void open() {
    it = new Takeovers(Engine.SQLITE, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private void takeOver(DatabaseUrl source) {
    assertThat(it.apply(source).verdict()).isEqualTo(ImportReport.Verdict.EQUAL);
    it.target.imports().seal();
  }

  private void ofSpring(PythonDatabase.Row... rows) {
    try (PythonDatabase source = PythonDatabase.create(Engine.SQLITE, folder)) {
      source.add(rows);
      takeOver(source.url());
    }
  }

  /// Whether a message is taken in when its store sends it again.
  private boolean isNew(StoreProvider store, String id) {
    StoreMessage message =
        new StoreMessage(
            new MessageId(store, id), "again", null, Takeovers.NOW, ByteString.of(new byte[] {1}));
    return it.target.inbox().put(message, new Intake.Kept(List.of()), Takeovers.NOW);
  }

  /// When a message was sent, by its store.
  private Instant eventAt(String id) {
    long micros =
        it.database.<Long>read(handle ->
            handle
                .createQuery("SELECT event_at FROM inbox_message WHERE external_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
    return Micros.toInstant(micros);
  }

  @Test
  void handledMessageOfGoogleIsKnownAgain() {
    ofSpring(googleMessage(11, true, null, NOW + DAY));

    assertThat(isNew(StoreProvider.GOOGLE, "11")).isFalse();
    assertThat(isNew(StoreProvider.GOOGLE, "12")).isTrue();
  }

  @Test
  void messageOfAppleIsKnownAgainHoweverOftenItWasNoted() {
    ofSpring(appleMessage(UUID, NOW + DAY), appleMessage(UUID, NOW + DAY));

    assertThat(isNew(StoreProvider.APPLE, UUID)).isFalse();
  }

  @Test
  void messageThatWasNeitherHandledNorKeptIsTakenInWhenItComesAgain() {
    ofSpring(googleMessage(11, false, null, NOW + DAY));

    assertThat(isNew(StoreProvider.GOOGLE, "11")).isTrue();
  }

  /// Eight days before it would have been forgotten.
  @Test
  void messageOfGoogleInMarchHasTheInstantOfItsEvent() {
    ofSpring(
        googleMessage(11, true, null, NOW + DAY),
        googleMessage(12, false, "{\"data\":\"{}\"}", NOW + 2 * DAY));

    assertThat(eventAt("11")).isEqualTo(Instant.parse("2026-03-18T13:46:40Z"));
    assertThat(eventAt("12")).isEqualTo(Instant.parse("2026-03-19T13:46:40Z"));
  }

  /// 187 minutes before it would have been forgotten.
  @Test
  void messageOfAppleInMarchHasTheInstantOfItsSignature() {
    ofSpring(appleMessage(UUID, NOW + DAY));

    assertThat(eventAt(UUID)).isEqualTo(Instant.parse("2026-03-26T10:39:40Z"));
  }

  @Test
  void messageOfApplesSandboxWasForgottenWhenItWasSigned() {
    it.options =
        new Options(RenewalAllowance.DEFAULT, false, false, false, true, Duration.ofHours(6));

    ofSpring(appleMessage(UUID, NOW + DAY));

    assertThat(eventAt(UUID)).isEqualTo(Instant.parse("2026-03-26T13:46:40Z"));
  }

  @Test
  void messagesOfSummerAreKnownAgainByTheInstantsOfTheirEvents() {
    try (SummerDatabase source = SummerDatabase.create(folder)) {
      source.add(
          SummerDatabase.googleMessage("11", true, null)
              .with("event_at", at(Instant.parse("2026-03-20T01:02:03.000004Z"))));
      addApple(source);
      takeOver(source.url());
    }

    assertThat(eventAt("11")).isEqualTo(Instant.parse("2026-03-20T01:02:03.000004Z"));
    assertThat(eventAt(UUID)).isEqualTo(Instant.parse("2026-03-26T00:16:40Z"));
    assertThat(isNew(StoreProvider.GOOGLE, "11")).isFalse();
    assertThat(isNew(StoreProvider.APPLE, UUID)).isFalse();
  }

  /// 567 000 s before it is forgotten, in production.
  private static void addApple(SummerDatabase source) {
    source.execute(
        "INSERT INTO apple_notification_uuid_history VALUES ('%s', '2026-04-01T13:46:40Z')"
            .formatted(UUID));
  }

  @Test
  void messageOfApplesSandboxInSummerWasForgottenWhenItWasSigned() {
    it.options =
        new Options(RenewalAllowance.DEFAULT, false, false, false, true, Duration.ofHours(6));
    try (SummerDatabase source = SummerDatabase.create(folder)) {
      addApple(source);
      takeOver(source.url());
    }

    assertThat(eventAt(UUID)).isEqualTo(Instant.parse("2026-04-01T13:46:40Z"));
  }

  /// 192 hours before it was to be forgotten.
  @Test
  void messageOfEarlySummerHasTheInstantOfItsEvent() {
    try (SummerDatabase source = SummerDatabase.create(folder)) {
      source.add(SummerDatabase.googleMessage("11", true, null));
      source.execute("ALTER TABLE google_notification_history RENAME event_at TO expires_at");
      takeOver(source.url());
    }

    assertThat(eventAt("11")).isEqualTo(Instant.parse("2026-03-17T13:46:40Z"));
  }
}
