package org.sessionpro.backend.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.proofIn;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.RevocationListTest;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.v1.KnownRevocations;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.V1Answer;

/// The list of revoked tags that v1 clients poll (`wire-v1.md` §11).
class V1RevocationsEndpointTest extends RevocationListTest {

  @Test
  void aServerThatNeverRevokedHasAnEmptyListOfTicketZero(@TempDir Path folder) {
    try (RunningBackend fresh = RunningBackend.start(engine, folder)) {
      V1Calls client = new V1Calls(fresh, new Caller(fresh, way));

      JsonNode empty =
          Answer.json("{\"ticket\":0,\"items\":[],\"retry_in\":86400,\"retain_for\":2678400}");
      assertThat(client.revocations(0).result()).isEqualTo(empty);
      assertThat(client.revocations(-1).result()).isEqualTo(empty);
    }
  }

  @Test
  void theListHoldsTheMembersOfTheContractAndNoOthers() {
    RevocationTag tag = revoked(alice);

    Answer answer = v1.revocations(0);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {
                  "ticket": %d,
                  "items": [{"revocation_tag": "%s", "effective_ts": %d}],
                  "retry_in": 86400,
                  "retain_for": 2678400
                }
                """
                    .formatted(ticket(), tag.hex(), start.getEpochSecond() + 93_600)));
  }

  @Test
  void aClientBehindTheTicketGetsTheFullList() {
    RevocationTag first = revoked(alice);
    long between = ticket();
    RevocationTag second = revoked(bob);

    assertThat(tags(v1.revocations(ticket() - 1))).containsExactlyInAnyOrder(first, second);
    assertThat(tags(v1.revocations(between))).containsExactlyInAnyOrder(first, second);
    assertThat(tags(v1.revocations(0))).containsExactlyInAnyOrder(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "-9223372036854775809", "-99999999999999999999999"})
  void aNegativeTicketIsBehind(String ticket) {
    RevocationTag tag = revoked(alice);

    assertThat(tags(v1.revocations(ticket))).containsExactly(tag);
  }

  @Test
  void aClientWithTheTicketGetsAnEmptyListAndTheTicket() {
    revoked(alice);

    JsonNode result = v1.revocations(ticket()).result();

    assertThat(result.path("items")).isEmpty();
    assertThat(result.path("ticket").longValue()).isEqualTo(ticket());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "9223372036854775808", "99999999999999999999999"})
  void aTicketFromTheFutureIsNotBehind(String ticket) {
    revoked(alice);

    JsonNode result = v1.revocations(ticket).result();

    assertThat(result.path("items")).isEmpty();
    assertThat(result.path("ticket").longValue()).isEqualTo(ticket());
  }

  @Test
  void theTicketMovesWithEveryRevocation() {
    revoked(alice);
    long before = servedTicket();
    revoked(bob);

    assertThat(servedTicket()).isGreaterThan(before);
  }

  @Test
  void aRevocationTakesEffectAfter26HoursFlooredToTheSecond() {
    at(start.plusMillis(999));
    revoked(alice);

    assertThat(v1.revocations(0).result().at("/items/0/effective_ts").longValue())
        .isEqualTo(start.getEpochSecond() + 93_600);
  }

  @Test
  void aRevocationIsListedForLessThan31Days() {
    RevocationTag tag = revoked(alice);

    at(start.plus(RETENTION).minus(MICROSECOND));
    assertThat(tags(v1.revocations(0))).containsExactly(tag);
    at(start.plus(RETENTION));
    assertThat(tags(v1.revocations(0))).isEmpty();
  }

  @Test
  void theTicketStaysWhenAnEntryLeavesTheList() {
    revoked(alice);
    long ticket = servedTicket();
    at(start.plus(RETENTION));

    assertThat(servedTicket()).isEqualTo(ticket);
  }

  @Test
  void aClockThatIsSetBackBringsEntriesBack() {
    RevocationTag tag = revoked(alice);
    at(start.plus(RETENTION));
    assertThat(tags(v1.revocations(0))).isEmpty();
    at(start.plus(DAY));

    assertThat(tags(v1.revocations(0))).containsExactly(tag);
  }

  @Test
  void aVerifierThatPollsRefusesTheProofOnceTheRevocationTakesEffect() {
    shop.voucher(alice, 30);
    Proof proof = proofIn(v1.proof(alice));
    shop.revoke(alice);

    KnownRevocations known = learned(KnownRevocations.NONE);

    Instant effective = start.plus(Duration.ofHours(26));
    assertThat(proof.verify(CRYPTO, backend.key(), effective.minus(MICROSECOND), known))
        .isEqualTo(Proof.Verdict.VALID);
    assertThat(proof.verify(CRYPTO, backend.key(), effective, known))
        .isEqualTo(Proof.Verdict.REVOKED);
  }

  @Test
  void aVerifierThatPollsAgainKeepsWhatItKnows() {
    RevocationTag tag = revoked(alice);
    KnownRevocations known = learned(KnownRevocations.NONE);

    KnownRevocations again = learned(known);

    assertThat(again).isEqualTo(known);
    assertThat(again.entries()).containsOnlyKeys(tag);
  }

  private long servedTicket() {
    return v1.revocations(Long.MAX_VALUE).result().path("ticket").longValue();
  }

  private KnownRevocations learned(KnownRevocations known) {
    return known.learn(list(caller.post(V1Calls.REVOCATIONS, known.poll().toJson())), start);
  }

  private static List<RevocationTag> tags(Answer answer) {
    return list(answer).items().stream().map(RevocationList.Item::tag).toList();
  }

  private static RevocationList list(Answer answer) {
    return switch (V1Answer.parse(answer.object(), RevocationList::parse)) {
      case V1Answer.Ok<RevocationList>(RevocationList list) -> list;
      case V1Answer.Refused<RevocationList> refused -> throw new AssertionError(refused);
    };
  }
}
