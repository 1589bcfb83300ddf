package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;

/// What the inbox takes over from the service before this one.
@ParameterizedClass
@EnumSource(Engine.class)
class InheritanceTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final WorkItem ITEM = WorkItem.reconcile(new PurchaseToken("A"));
  private static final InheritedWork SWEPT =
      InheritedWork.due(Owed.swept(ITEM), T.plus(Duration.ofHours(3)));
  private static final InheritedWork FAILING =
      new InheritedWork(Owed.unannounced(ITEM), 7, T.plus(Duration.ofHours(5)), "timeout", T);

  @Parameter Engine engine;
  @TempDir Path folder;
  private Database database;
  private Inbox inbox;

  @BeforeEach
  void open() {
    database = engine.open(folder);
    inbox = new Inbox(database, new Random(1), new InboxRules(36, "1.0"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  /// Where one writes at a time nobody else can.
  @Test
  void whoFindsNothingKeepsOthersOutUntilTheEnd() {
    assumeTrue(engine == Engine.POSTGRESQL);

    database.<Boolean>write(handle -> {
      assertThat(inbox.emptiness().holds(handle)).isTrue();
      assertThatThrownBy(() ->
              database.<Integer>write(theirs -> {
                theirs.execute("SET LOCAL lock_timeout = '20ms'");
                return theirs.execute("DELETE FROM inbox_work");
              }))
          .rootCause()
          .hasMessageContaining("lock timeout");
      return true;
    });
  }

  private void inherit(List<InheritedWork> work, List<InheritedMessage> messages) {
    InTransaction inheriting = inbox.inheriting(work, messages, T);
    database.<Boolean>write(handle -> {
      inheriting.run(handle);
      return true;
    });
  }

  private List<StoredWork> owed() {
    return inbox.inspection().list(Filter.ALL, 100);
  }

  @Test
  void theMoreUrgentWordCountsOfTwoOfOneName() {
    inherit(List.of(SWEPT, FAILING), List.of());

    assertThat(owed())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.times().nextAt()).isEqualTo(T.plus(Duration.ofHours(3)));
          assertThat(one.failures().attempts()).isEqualTo(7);
          assertThat(one.error()).isEqualTo("timeout");
          assertThat(one.parked()).isNotNull();
        });
  }

  @Test
  void itMakesNoDifferenceWhetherTwoOfOneNameComeTogether() {
    inherit(List.of(SWEPT, FAILING), List.of());
    List<StoredWork> together = owed();
    assertThat(inbox.inspection().drop(ITEM, "test")).isTrue();

    inherit(List.of(SWEPT), List.of());
    inherit(List.of(FAILING), List.of());

    assertThat(owed()).isEqualTo(together);
  }

  @Test
  void messageThatIsThereAlreadyStaysAsItIs() {
    inherit(List.of(), List.of(kept("1"), seen("2")));

    inherit(List.of(), List.of(seen("1"), seen("2"), seen("2"), kept("2")));

    assertThat(owed()).extracting(StoredWork::item).containsExactly(WorkItem.message(id("1")));
    assertThat(inbox.message(id("1"))).isPresent();
    assertThat(inbox.message(id("2"))).isEmpty();
    assertThat(inbox.put(message("2"), new Intake.Kept(List.of()), T)).isFalse();
  }

  private static MessageId id(String id) {
    return new MessageId(StoreProvider.GOOGLE, id);
  }

  private static StoreMessage message(String id) {
    ByteString payload = ByteString.of("hello".getBytes(StandardCharsets.UTF_8));
    return new StoreMessage(id(id), "subscription", null, T, payload);
  }

  private static InheritedMessage kept(String id) {
    return new InheritedMessage(message(id), new Intake.Kept(List.of()));
  }

  private static InheritedMessage seen(String id) {
    return new InheritedMessage(message(id), new Intake.Understood(List.of()));
  }
}
