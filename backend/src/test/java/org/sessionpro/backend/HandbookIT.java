package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.protocol.ByteString;

/// Runs every command of the handbook on the packaged program, but for what another test runs, beside a
/// running server that both stores are simulated for, on a ledger with an account; and what needs the
/// server to be stopped after that.
class HandbookIT {
  private static final Path PRO = Handbook.PROJECT.resolve("pro");
  private static final Pattern ORDER = Pattern.compile("\"payment_id\":\"([^\"]+)\"");
  private static final String KEY = ByteString.of(new byte[32]).hex().replace("00", "a1");

  /// None of the commands waits for what another one does.
  private static final int AT_ONCE = 2;

  @TempDir private Path directory;

  @Test
  void everyCommandOfTheHandbookWorks() throws Exception {
    Files.createSymbolicLink(directory.resolve("pro"), PRO);
    Path command = directory.resolve("session-pro");
    Files.writeString(command, "#!/bin/sh\nexec ./pro \"$@\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    Terminals terminals = new Terminals(directory);
    List<Process> running = new ArrayList<>();
    try {
      int server = FreePort.choose();
      for (String store :
          List.of(
              "google --port 0 --write-config google",
              "apple --port 0 --write-config apple --webhook http://127.0.0.1:"
                  + server
                  + "/apple_notifications_v2")) {
        running.add(terminals.start("./pro simulate " + store, Map.of()));
        terminals.listeningAddress(running.getLast());
      }
      running.add(terminals.start(environment() + "./pro serve --port " + server, Map.of()));
      terminals.listeningAddress(running.getLast());
      String order =
          order(
              run(
                  terminals,
                  "session-pro voucher mint --dev --master-key " + KEY + " --plan 1M --json"));

      List<String> beside = new ArrayList<>(Handbook.commands());
      beside.removeAll(Handbook.RUN_ELSEWHERE.keySet());
      List<String> onItems = taken(beside, Handbook::needsAnItem);
      List<String> inSilence = taken(beside, Handbook::needsSilence);

      runAtOnce(terminals, beside, order);
      // What the store does not know is still owed: one of them has asked for it.
      runAtOnce(terminals, onItems, order);
      Terminals.end(running.removeLast());
      runAtOnce(terminals, inSilence, order);
      assertThat(List.of(beside.size(), onItems.size(), inSilence.size())).doesNotContain(0);
    } finally {
      for (Process process : running.reversed()) {
        Terminals.end(process);
      }
    }
    assertThat(terminals.errors()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  private static List<String> taken(List<String> from, Predicate<String> which) {
    List<String> taken = from.stream().filter(which).toList();
    from.removeAll(taken);
    return taken;
  }

  private void runAtOnce(Terminals terminals, List<String> commands, String order)
      throws Exception {
    List<Future<String>> ends = new ArrayList<>();
    try (ExecutorService atOnce = Executors.newFixedThreadPool(AT_ONCE)) {
      commands.forEach(
          line -> ends.add(atOnce.submit(() -> run(terminals, filledIn(line, order)))));
    }
    for (Future<String> end : ends) {
      end.get();
    }
  }

  private String filledIn(String line, String order) {
    return line.replace("--to KEY", "--to " + KEY.replace("a1", "b2"))
        .replaceAll("\\bKEY\\b", KEY)
        .replaceAll("\\bPAYMENT\\b", order)
        .replaceAll("\\b(TOKEN|ID)\\b", "some.token")
        .replaceAll("\\bTX\\b", "2000000000000001")
        .replaceAll("\\bTEXT\\b", "'a test'")
        .replaceAll("/(tmp|mnt|var/lib/session-pro)/", directory + "/");
  }

  private static String environment() {
    return "set -a; . google/google.env; . apple/apple.env; SESH_PRO_BACKEND_DEV=1; set +a\n";
  }

  private static String run(Terminals terminals, String line)
      throws IOException, InterruptedException {
    Process process = terminals.start(environment() + "PATH=.:$PATH\n" + line, Map.of());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s%n%s", line, output, terminals.errors()).isZero();
    return output;
  }

  private static String order(String minted) {
    Matcher order = ORDER.matcher(minted);
    assertThat(order.find()).as(minted).isTrue();
    return order.group(1);
  }
}
