package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Line;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PublicKey;

/// One account of which more is to be changed at once than is done, where such changes wait for one
/// another.
class CrowdedLineTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final byte CROWDED = 1;
  private static final byte OTHER = 2;

  /// Places at the gate beside those that the crowd may keep.
  private static final int MORE = 2;

  @TempDir Path folder;
  private final CountDownLatch release = new CountDownLatch(1);

  /// `POST`: changes the account that the body names.
  private Route changing(Database database) {
    return TestServer.client(
        "/change",
        Set.of(Method.POST),
        exchange -> {
          byte account = exchange.body().toByteArray()[0];
          return database.write(
              line(account), handle -> Reply.plain(account == OTHER || isReleased() ? 200 : 500));
        });
  }

  private static Line line(byte account) {
    byte[] key = new byte[PublicKey.SIZE];
    key[0] = account;
    return new Line(new MasterKey(ByteString.of(key)));
  }

  private boolean isReleased() {
    try {
      return release.await(LONG.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static RawClient.Answer change(TestServer server, byte account) throws Exception {
    byte[] body = {account};
    return RawClient.ask(server.address(), "POST /change HTTP/1.1\r\nHost: h\r\n", body);
  }

  @Test
  void theCrowdOfOneAccountIsShedAndAnotherOneIsAnsweredMeanwhile() throws Exception {
    HttpLimits limits =
        HttpLimits.DEFAULT.with(new HttpLimits.WorkLimits(Line.SEATS + MORE, 0, LONG));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Database database = Engine.POSTGRESQL.open(folder);
        TestServer server = TestServer.start(RouteTable.of(List.of(changing(database))), limits)) {
      ExecutorCompletionService<RawClient.Answer> crowd = new ExecutorCompletionService<>(threads);
      for (int i = 0; i <= Line.SEATS; i++) {
        crowd.submit(() -> change(server, CROWDED));
      }

      Future<RawClient.Answer> first = crowd.poll(LONG.toSeconds() / 2, TimeUnit.SECONDS);
      RawClient.Answer shed = Objects.requireNonNull(first, "nobody was shed").get();
      assertThat(shed.status()).isEqualTo(503);
      assertThat(shed.header("retry-after")).isEqualTo("1");
      assertThat(change(server, OTHER).status()).isEqualTo(200);

      release.countDown();
      for (int i = 0; i < Line.SEATS; i++) {
        assertThat(crowd.take().get().status()).as("who waits").isEqualTo(200);
      }
    } finally {
      release.countDown();
    }
  }
}
