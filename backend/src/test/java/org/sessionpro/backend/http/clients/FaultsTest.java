package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.v1.ErrorCode;

/// A server whose database is gone (`decisions.md` §1, "fault").
class FaultsTest extends EndpointTest {
  /// And lets a second pass, so that no list is fresh.
  @BeforeEach
  void loseTheDatabase() {
    backend.ledger().close();
    at(T.plusSeconds(2));
  }

  @Test
  void everyV1EndpointAnswersInItsEnvelope() {
    assertRefused(v1.proof(alice), ErrorCode.INTERNAL_ERROR);
    assertRefused(v1.status(alice), ErrorCode.INTERNAL_ERROR);
    assertRefused(v1.payments(alice, 1), ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void everyV0EndpointAnswersWithAShortText() {
    for (Answer answer : List.of(v0.proof(alice), v0.details(alice, 1))) {
      V0Calls.assertFault(answer);
    }
  }

  @Test
  void noAnswerTellsAnythingOfTheCause() {
    List<Supplier<Answer>> requests =
        List.of(
            () -> v0.proof(alice),
            () -> v0.details(alice, 1),
            () -> v0.revocations(0),
            () -> v1.proof(alice),
            () -> v1.status(alice),
            () -> v1.payments(alice, 1),
            () -> v1.revocations(0));

    assertThat(requests.stream().map(Supplier::get).map(Answer::text))
        .hasSize(7)
        .allMatch(text -> text.length() < 160)
        .noneMatch(FaultsTest::tellsTheCause)
        .noneMatch(text -> text.contains(alice.masterKey().hex()));
  }

  @Test
  void everyFaultHasAReferenceOfItsOwn() {
    assertThat(Stream.of(v1.status(alice), v1.status(alice), v1.status(alice)))
        .extracting(answer -> answer.json().path("error").textValue())
        .doesNotHaveDuplicates()
        .allMatch(text -> text.matches("the server failed, reference [0-9a-f]{16}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{bad", "[]", "{}", "{\"ticket\":null}"})
  void whatNeedsNoDatabaseIsAnsweredAsEver(String body) {
    assertRefused(v1.raw(V1Calls.REVOCATIONS, body), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void aBadSignatureIsToldWithoutTheDatabase() {
    assertRefused(v1.status(bob.withMasterKeyOf(alice)), ErrorCode.BAD_SIGNATURE);
    V0Calls.assertFailed(v0.details(bob.withMasterKeyOf(alice), 1), 2, 1);
  }

  @Test
  void theServerStillTellsWhoItIs() {
    assertOk(caller.send("GET", "/status", new byte[0]));
  }

  private static boolean tellsTheCause(String text) {
    return Stream.of("SELECT", "sql", "SQL", "atabase", "ostgres", "ikari", "closed", "null")
        .anyMatch(text::contains);
  }
}
