package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.v0.PaymentTx;

/// Two servers on one ledger behind nginx, set up as `deploy/nginx` says: they are replaced one after
/// the other under load, and no client notices.
class RollingRestartIT {
  private static final Path NGINX = Path.of("/usr/sbin/nginx");
  private static final Path DEPLOY = Path.of("").toAbsolutePath().resolve("../deploy").normalize();
  private static final int CLIENTS = 4;

  /// Answers that the clients have got between one restart and the next.
  private static final int BETWEEN = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Semaphore answers = new Semaphore(0);
  private final AtomicBoolean enough = new AtomicBoolean();
  private int answered;

  @Test
  void replacingOneServerAfterTheOtherFailsNoRequest() throws Exception {
    assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
    List<Integer> ports = List.of(freePort(), freePort());
    int front = freePort();
    List<PackagedServer> servers = new ArrayList<>();
    Process nginx = null;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int port : ports) {
        servers.add(serve(port));
      }
      nginx = startNginx(front, ports);
      Door door = Door.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), front));
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(i);
        clients.add(CompletableFuture.runAsync(() -> useUntilEnough(door, random), threads));
      }
      CompletableFuture<Object> failed =
          CompletableFuture.anyOf(clients.toArray(CompletableFuture[]::new));
      for (int i = 0; i < ports.size(); i++) {
        await(BETWEEN, failed);
        servers.get(i).stop();
        await(BETWEEN, failed);
        servers.set(i, serve(ports.get(i)));
      }
      await(BETWEEN, failed);
      enough.set(true);
      for (CompletableFuture<Void> client : clients) {
        client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      enough.set(true);
      if (nginx != null) {
        nginx.destroy();
        nginx.waitFor();
      }
      servers.forEach(PackagedServer::close);
    }
    System.out.printf("rolling restart: %d answers, none wrong%n", answered);
  }

  /// A new payment of a new person, a proof of either protocol, and how the account stands.
  private void useUntilEnough(Door door, Random random) {
    Person person = Person.unknown();
    V0Calls.assertOk(
        door.v0()
            .add(
                person,
                new PaymentTx.Google(
                    new PurchaseToken(UUID.randomUUID().toString()),
                    new OrderId(PaymentTx.DEVELOPMENT_PREFIX + UUID.randomUUID())),
                Diary.YEAR));
    while (!enough.get()) {
      switch (random.nextInt(4)) {
        case 0 -> V1Calls.assertOk(door.v1().proof(person));
        case 1 -> V0Calls.assertOk(door.v0().proof(person));
        case 2 -> V1Calls.assertOk(door.v1().status(person));
        default -> V1Calls.assertOk(door.v1().revocations(0));
      }
      answers.release();
    }
  }

  /// Waits for so many answers.
  private void await(int number, CompletableFuture<Object> failed) throws Exception {
    boolean came = answers.tryAcquire(number, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (failed.isDone()) {
      failed.get();
    }
    assertThat(came).as("%d answers in time", number).isTrue();
    answered += number;
  }

  private PackagedServer serve(int port) throws IOException {
    return PackagedServer.start(
        directory,
        PackagedServer.SHORT_LIVED,
        "--dev",
        "--data",
        directory.resolve("data").toString(),
        "--port",
        Integer.toString(port));
  }

  /// The shipped configuration, with other ports and without certificates.
  private Process startNginx(int front, List<Integer> ports) throws IOException {
    Path routes = directory.resolve("nginx-routes.conf");
    Files.writeString(
        routes,
        Files.readString(DEPLOY.resolve("nginx/nginx-routes.conf"))
            .replace(
                "/var/log/nginx/session-pro.error.log", directory.resolve("nginx.log").toString()));
    String site =
        Files.readString(DEPLOY.resolve("nginx/session-pro.conf"))
            .replace("127.0.0.1:5001", "127.0.0.1:" + ports.get(0))
            .replace("127.0.0.1:5002", "127.0.0.1:" + ports.get(1))
            .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + front + ";")
            .replaceAll("(?m)^\\s*(listen \\[::]|ssl_).*\n", "")
            .replace(
                "/opt/session-pro/current/deploy/nginx/nginx-routes.conf", routes.toString());
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/nginx.log warn;
        events {}
        http {
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
            %2$s
        }
        """
            .formatted(directory, site));
    Process nginx =
        new ProcessBuilder(NGINX.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(front)) {
      assertThat(nginx.isAlive() && System.nanoTime() < end)
          .as("nginx listens; %s", Files.readString(directory.resolve("nginx.out")))
          .isTrue();
      Thread.onSpinWait();
    }
    return nginx;
  }

  private static boolean listens(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
