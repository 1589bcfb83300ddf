package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;

/// A server that asks for a password in clear, hears it and says no more.
class PasswordFileTest {
  private static final String FILE = "org.postgresql.pgpassfile";

  /// An authentication request of eight bytes for a password in clear.
  private static final int ASK = 'R';

  private static final int IN_CLEAR = 3;

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(FILE);
  }

  @Test
  void aPasswordThatTheUrlDoesNotHoldIsTakenFromItsFile() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path file = folder.resolve("pgpass");
      Files.writeString(file, "127.0.0.1:" + server.getLocalPort() + ":ledger:pro:s3cret\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      System.setProperty(FILE, file.toString());
      CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> hear(server));

      DatabaseUrl url =
          DatabaseUrl.parse(
              "postgresql://pro@127.0.0.1:" + server.getLocalPort() + "/ledger?sslmode=disable");
      assertThatThrownBy(() -> Databases.view(url)).isInstanceOf(DatabaseFault.class);

      assertThat(heard.get()).isEqualTo("s3cret");
    }
  }

  private static String hear(ServerSocket server) {
    try (Socket client = server.accept();
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      in.skipNBytes(in.readInt() - Integer.BYTES);
      out.writeByte(ASK);
      out.writeInt(2 * Integer.BYTES);
      out.writeInt(IN_CLEAR);
      out.flush();
      assertThat(in.readByte()).isEqualTo((byte) 'p');
      byte[] password = in.readNBytes(in.readInt() - Integer.BYTES);
      return new String(password, 0, password.length - 1, StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
