package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v1.ErrorCode;

/// A server whose disk is full: what needs no room goes on, what needs some is refused as a whole, and
/// taken as soon as there is room.
class DiskFullTest {
  /// More than any page has room for.
  private static final int MOST = 2_000;

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void whatNeedsRoomIsRefusedUntilThereIsSomeAndNothingIsLost(FullDisk.Kind kind) throws Exception {
    try (MutedLog _ = MutedLog.ofRequests();
        FullDisk disk = kind.open(folder)) {
      try (RunningBackend backend =
          RunningBackend.start(
              disk.url(), disk.database(), folder, RunningBackend.Options.DEFAULT)) {
        backend.clock().moveTo(Instant.now());
        Door door = Door.of(backend);
        Person alice = Person.unknown();
        V0Calls.assertOk(add(door, alice));
        disk.fill();

        List<Person> kept = new ArrayList<>(List.of(alice));
        Person refused = untilRefused(kept, person -> add(door, person), V0Calls::assertFault);
        untilRefused(
            kept,
            person -> door.dev().addPayment(person, PaymentProvider.STF, DAY, true),
            answer -> V1Calls.assertRefused(answer, ErrorCode.INTERNAL_ERROR));
        assertReadersNoticeNothing(door, alice);

        disk.free();
        V0Calls.assertOk(add(door, refused));
        V1Calls.assertOk(door.dev().revoke(alice));
        kept.add(refused);
        assertThat(kept).allSatisfy(person -> assertThat(payments(door, person)).isOne());
        new Checkup(disk.url(), folder.resolve("data"), InstantSource.system()).assertSound();
      }
    }
  }

  /// What is half full takes some more.
  ///
  /// @param kept gets those whose change is acknowledged
  /// @return whose change is not
  private static Person untilRefused(
      List<Person> kept, Function<Person, Answer> change, Consumer<Answer> refusal) {
    for (int i = 0; i < MOST; i++) {
      Person next = Person.unknown();
      Answer answer = change.apply(next);
      if (answer.status() != 200 || answer.json().has("error_code")) {
        refusal.accept(answer);
        return next;
      }
      assertThat(answer.json().has("result")).isTrue();
      kept.add(next);
    }
    throw new AssertionError("the disk is never full");
  }

  private static void assertReadersNoticeNothing(Door door, Person alice) {
    V1Calls.assertOk(door.v1().proof(alice));
    V0Calls.assertOk(door.v0().proof(alice));
    V1Calls.assertOk(door.v1().status(alice));
    V1Calls.assertOk(door.v1().revocations(-1));
  }

  private static Answer add(Door door, Person person) {
    PaymentTx.Google payment =
        new PaymentTx.Google(
            new PurchaseToken(person.id("token")),
            new OrderId(PaymentTx.DEVELOPMENT_PREFIX + person.id("order")));
    return door.v0().add(person, payment, DevTerms.DEFAULT);
  }

  private static long payments(Door door, Person person) {
    Answer answer = door.v1().payments(person, 10);
    V1Calls.assertOk(answer);
    return answer.result().required("payments_total").longValue();
  }
}
