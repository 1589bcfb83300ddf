package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.DatabaseUrl.Postgres;

/// Against another end of the test's own, and against PostgreSQL.
class UnixSocketTest {
  /// More than any buffer of the system takes.
  private static final int MUCH = 8 << 20;

  @TempDir Path folder;
  private ServerSocketChannel server;
  private SocketChannel other;
  private Socket it;

  @BeforeEach
  void connect() throws IOException {
    Path file = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(file));
    it = new UnixSocketFactory(file.toString()).createSocket();
    it.connect(InetSocketAddress.createUnresolved("nowhere.example", 1), 1_000);
    other = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    it.close();
    other.close();
    server.close();
  }

  @Test
  void whatIsWrittenArrivesThoughTheOtherEndIsSlow() throws Exception {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            it.getOutputStream().write(new byte[MUCH]);
            written.complete(null);
          } catch (IOException failed) {
            written.completeExceptionally(failed);
          }
        });

    ByteBuffer all = ByteBuffer.allocate(MUCH);
    while (all.hasRemaining()) {
      assertThat(other.read(all)).isPositive();
    }
    written.get();
  }

  @Test
  void whatArrivesIsRead() throws IOException {
    other.write(ByteBuffer.wrap(new byte[] {1, (byte) 200, 3}));

    assertThat(it.getInputStream().readNBytes(2)).containsExactly(1, (byte) 200);
    assertThat(it.getInputStream().read()).isEqualTo(3);
  }

  @Test
  void theEndIsRead() throws IOException {
    other.close();

    assertThat(it.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aReadThatTakesTooLongIsGivenUpAndTheNextOneMayGoOn() throws IOException {
    it.setSoTimeout(1);

    assertThatThrownBy(() -> it.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

    other.write(ByteBuffer.wrap(new byte[] {7}));
    it.setSoTimeout(0);
    assertThat(it.getInputStream().read()).isEqualTo(7);
  }

  @Test
  void aCloseEndsAReadThatWaits() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread reading =
        Thread.ofPlatform()
            .start(() -> end.complete(catchThrowable(() -> it.getInputStream().read())));
    while (reading.getState() != Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }

    it.close();

    assertThat(end.get()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
  }

  @Test
  void aSocketThatNobodyHasIsAFailure() {
    assertThatThrownBy(() ->
            new UnixSocketFactory(folder.resolve("none").toString())
                .createSocket()
                .connect(InetSocketAddress.createUnresolved("nowhere.example", 1)))
        .isInstanceOf(SocketException.class);
  }

  @Test
  void theLedgerIsReachedThroughThePostgresServersFolder() {
    Postgres tcp = (Postgres) Engine.POSTGRESQL.empty(folder);
    String sockets;
    try (Database database = Databases.open(tcp)) {
      sockets = text(database, "SHOW unix_socket_directories");
    }

    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://%s:%s@/%s?host=%s&port=%d"
                .formatted(tcp.user(), tcp.password(), tcp.database(), sockets, tcp.port()));
    try (Database database = Databases.open(url)) {
      assertThat(text(database, "SELECT coalesce(host(inet_client_addr()), 'this machine')"))
          .isEqualTo("this machine");
      assertThat(text(database, "SELECT repeat('x', " + MUCH + ")")).hasSize(MUCH);
    }
  }

  private static String text(Database database, String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }
}
