package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.sessionpro.backend.FreePort;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.v0.PaymentTx;

/// Two servers on one PostgreSQL behind nginx, set up as `deploy/nginx` says: `deploy/restart.sh` replaces
/// them one after the other under load, and no client notices.
class RollingRestartIT {
  private static final Path NGINX = Path.of("/usr/sbin/nginx");
  private static final Path CURL = Path.of("/usr/bin/curl");
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final Path DEPLOY = PROJECT.resolve("deploy");
  private static final int CLIENTS = 4;

  /// Answers that the clients have got before the restart, and after it.
  private static final int AROUND = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Semaphore answers = new Semaphore(0);
  private final AtomicBoolean enough = new AtomicBoolean();
  private int answered;

  @Test
  void replacingOneServerAfterTheOtherFailsNoRequest() throws Exception {
    assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
    assumeTrue(Files.isExecutable(CURL), "curl is not installed");
    List<Integer> ports = List.of(FreePort.choose(), FreePort.choose());
    int front = FreePort.choose();
    playSystemctl(ports, List.of(FreePort.choose(), FreePort.choose()));
    Process nginx = null;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run("systemctl", "start", "session-pro@1");
      awaitListening(ports.get(0));
      run("systemctl", "start", "session-pro@2");
      awaitListening(ports.get(1));
      List<Long> before = processes();
      nginx = startNginx(front, ports);
      Door door = Door.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), front));
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(i);
        clients.add(CompletableFuture.runAsync(() -> useUntilEnough(door, random), threads));
      }
      CompletableFuture<Object> failed =
          CompletableFuture.anyOf(clients.toArray(CompletableFuture[]::new));
      await(AROUND, failed);
      run("sh", DEPLOY.resolve("restart.sh").toString());
      answered += answers.drainPermits();
      await(AROUND, failed);
      assertThat(processes()).as("both are new").hasSize(2).doesNotContainAnyElementsOf(before);
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
      for (long process : processes()) {
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    System.out.printf("rolling restart: %d answers, none wrong%n", answered);
  }

  /// Commands of a machine, in a folder of their own: as much of `systemctl` as `restart.sh` uses, on other
  /// ports than those of the unit, and a `curl` that knows them.
  private void playSystemctl(List<Integer> ports, List<Integer> operations) throws IOException {
    Path commands = Files.createDirectory(directory.resolve("bin"));
    Files.createDirectory(directory.resolve("state"));
    String systemctl =
        """
        #!/bin/sh
        set -eu
        state=%1$s/state
        alive() {
          [ -s "$state/$1" ] || return 1
          process=$(cat "$state/$1")
          [ -r "/proc/$process/stat" ] && ! grep -q ') Z ' "/proc/$process/stat"
        }
        if [ "$1" = list-units ]; then
          for one in 1 2; do
            if alive "$one"; then echo "session-pro@$one.service loaded active running"; fi
          done
          exit
        fi
        number=${2#session-pro@}
        if [ "$1" = restart ] && alive "$number"; then
          kill -TERM "$process"
          while alive "$number"; do sleep 0.05; done
        fi
        case $number in
          1) port=%2$d operations=%4$d ;;
          2) port=%3$d operations=%5$d ;;
        esac
        cd %1$s
        setsid %6$s serve --dev --data %1$s/data --db '%7$s' \
          --port "$port" --ops-port "$operations" >"$state/$number.log" 2>&1 </dev/null &
        echo $! >"$state/$number"
        """
            .formatted(
                directory,
                ports.get(0),
                ports.get(1),
                operations.get(0),
                operations.get(1),
                PROJECT.resolve("pro"),
                Engine.text(Engine.POSTGRESQL.empty(directory)));
    String curl =
        """
        #!/bin/sh
        for last; do :; done
        url=$(echo "$last" | sed 's|:5101/|:%d/|; s|:5102/|:%d/|')
        exec %s --silent --fail --max-time 2 --output /dev/null "$url"
        """
            .formatted(operations.get(0), operations.get(1), CURL);
    for (Map.Entry<String, String> one : Map.of("systemctl", systemctl, "curl", curl).entrySet()) {
      Path command = commands.resolve(one.getKey());
      Files.writeString(command, one.getValue());
      Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void run(String... words) throws Exception {
    Path said = Files.createTempFile(directory, "said", ".log");
    ProcessBuilder command =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
    if (words[0].equals("systemctl")) {
      command.command().set(0, directory.resolve("bin/systemctl").toString());
    }
    command
        .environment()
        .merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    Process process = command.start();
    assertThat(process.waitFor(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ends").isTrue();
    assertThat(process.exitValue()).as("%s; %s", Files.readString(said), logs()).isZero();
  }

  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int number = 1; number <= 2; number++) {
      Path log = directory.resolve("state/" + number + ".log");
      all.append(Files.exists(log) ? Files.readString(log) : "");
    }
    return all.toString();
  }

  /// Of the servers that were started last.
  private List<Long> processes() throws IOException {
    List<Long> found = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      Path file = directory.resolve("state/" + number);
      if (Files.exists(file)) {
        found.add(Long.valueOf(Files.readString(file).strip()));
      }
    }
    return found;
  }

  private void awaitListening(int port) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(port)) {
      assertThat(System.nanoTime() < end).as("the server listens; %s", logs()).isTrue();
      Thread.onSpinWait();
    }
  }

  /// New payments of a new person, proofs of either protocol, and how the account stands.
  private void useUntilEnough(Door door, Random random) {
    Person person = Person.unknown();
    buy(door, person);
    while (!enough.get()) {
      switch (random.nextInt(5)) {
        case 0 -> V1Calls.assertOk(door.v1().proof(person));
        case 1 -> V0Calls.assertOk(door.v0().proof(person));
        case 2 -> V1Calls.assertOk(door.v1().status(person));
        case 3 -> buy(door, person);
        default -> V1Calls.assertOk(door.v1().revocations(0));
      }
      answers.release();
    }
  }

  private static void buy(Door door, Person person) {
    V0Calls.assertOk(
        door.v0()
            .add(
                person,
                new PaymentTx.Google(
                    new PurchaseToken(UUID.randomUUID().toString()),
                    new OrderId(PaymentTx.DEVELOPMENT_PREFIX + UUID.randomUUID())),
                Diary.YEAR));
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
            .replace("/opt/session-pro/current/deploy/nginx/nginx-routes.conf", routes.toString());
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
}
