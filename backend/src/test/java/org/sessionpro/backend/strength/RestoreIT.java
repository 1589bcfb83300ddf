package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.RevocationTag;

/// The disk of a packaged server with an SQLite ledger dies, and the operator restores a copy that was
/// made while it ran: what was acknowledged before the copy is there, the ledger is sound, and every
/// client fetches the revocation list anew.
class RestoreIT {
  private static final long SEED = 20_261_127L;
  private static final int DEEDS = 30;
  private static final Duration LONGEST_LAG = Duration.ofSeconds(5);

  @TempDir private Path directory;
  private final Random random = new Random(SEED);
  private final List<Diary> kept = new ArrayList<>();

  private Path copy() {
    return directory.resolve("copies/ledger.bak");
  }

  private DatabaseUrl.Sqlite url() {
    return new DatabaseUrl.Sqlite(directory.resolve("data/pro.db"));
  }

  private PackagedServer serve() throws Exception {
    return PackagedServer.start(directory, "--dev", "--db", Engine.text(url()));
  }

  private void pro(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--dev", "--db", Engine.text(url())));
    PackagedServer.run(directory, Map.of(), all);
  }

  @Test
  void aServerGoesOnFromACopyOfItsLedger() throws Exception {
    System.out.printf("restore: seed %d%n", SEED);
    Person lost = Person.unknown();
    Set<String> lostTags;
    long served;
    try (PackagedServer server = serve()) {
      Door door = Door.of(server);
      live(door);
      pro("db", "backup", "--to", copy().toString());
      V1Calls.assertOk(door.dev().addPayment(lost, PaymentProvider.STF, Duration.ofDays(30), true));
      RevocationTag tag = V1Calls.proofIn(door.v1().proof(lost)).tag();
      V1Calls.assertOk(door.dev().revoke(lost));
      ServedList list = untilListed(door, tag);
      served = list.ticket();
      lostTags = list.tags();
      server.kill();
    }
    Files.writeString(url().file(), "gone".repeat(2_000), StandardOpenOption.WRITE);

    pro("db", "restore", copy().toString(), "--reason", "a drill", "--apply");

    new Checkup(url(), directory.resolve("data"), InstantSource.system()).assertSound();
    try (PackagedServer server = serve()) {
      Door door = Door.of(server);
      ServedList list = new ServedList().poll(door);
      assertThat(list.ticket()).isGreaterThan(served);
      assertThat(lostTags).containsAll(list.tags()).hasSizeGreaterThan(list.tags().size());
      kept.forEach(diary -> diary.assertKept(door));
      live(door);
      assertThat(list.poll(door).ticket()).isGreaterThan(served);
    }
  }

  /// A list may be a second old.
  private static ServedList untilListed(Door door, RevocationTag tag) {
    ServedList list = new ServedList();
    long end = System.nanoTime() + LONGEST_LAG.toNanos();
    do {
      list.poll(door);
    } while (!list.tags().contains(tag.hex()) && System.nanoTime() < end);
    return list;
  }

  private void live(Door door) {
    Diary diary = new Diary();
    kept.add(diary);
    for (int i = 0; i < DEEDS; i++) {
      diary.act(door, random);
    }
  }
}
