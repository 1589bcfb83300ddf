package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.http.clients.V0Calls.REVOCATIONS;
import static org.sessionpro.backend.http.clients.V0Calls.assertFailed;
import static org.sessionpro.backend.http.clients.V0Calls.assertOk;
import static org.sessionpro.backend.http.clients.V0Calls.proofIn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.RevocationListTest;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v0.V0Answer;

/// The list of revoked tags that v0 clients poll (`wire-v0.md` §5.3, `decisions.md` §2), with the
/// default for the longest list that is repeated.
class V0RevocationsEndpointTest extends RevocationListTest {

  @Test
  void anEmptyListHoldsTheMembersOfTheContractAndNoOthers() {
    Answer answer = v0.revocations(0);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {"version": 0, "ticket": %d, "items": [], "retry_in_s": 86400}
                """
                    .formatted(ticket())));
  }

  @Test
  void anItemHoldsTheMembersOfTheContractAndNoOthers() {
    RevocationTag tag = revoked(alice);

    Answer answer = v0.revocations(0);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {
                  "version": 0,
                  "ticket": %d,
                  "items": [{
                    "gen_index_hash": "%s",
                    "effective_unix_ts_ms": %d,
                    "expiry_unix_ts_ms": %d
                  }],
                  "retry_in_s": 86400
                }
                """
                    .formatted(
                        ticket(),
                        tag.hex(),
                        start.plus(DAY).toEpochMilli(),
                        start.plus(RETENTION).toEpochMilli())));
  }

  @Test
  void bothInstantsRunFromTheSecondOfTheRecord() {
    at(start.plusMillis(999));
    revoked(alice);

    JsonNode item = v0.revocations(0).result().at("/items/0");

    assertThat(item.path("effective_unix_ts_ms").longValue())
        .isEqualTo((start.getEpochSecond() + 86_400) * 1_000);
    assertThat(item.path("expiry_unix_ts_ms").longValue())
        .isEqualTo((start.getEpochSecond() + 2_678_400) * 1_000);
  }

  @Test
  void aClientBehindTheTicketGetsTheFullList() {
    RevocationTag first = revoked(alice);
    RevocationTag second = revoked(bob);

    assertThat(tags(v0.revocations(ticket() - 1))).containsExactlyInAnyOrder(first, second);
    assertThat(tags(v0.revocations(0))).containsExactlyInAnyOrder(first, second);
    assertThat(tags(v0.revocations("-99999999999999999999999")))
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aClientWithTheTicketGetsAShortListAgain() {
    RevocationTag tag = revoked(alice);

    assertThat(tags(v0.revocations(ticket()))).containsExactly(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967295", "9223372036854775808", "99999999999999999999999"})
  void aClientFromTheFutureGetsAShortListAgainUnderItsTrueTicket(String ticket) {
    RevocationTag tag = revoked(alice);

    Answer answer = v0.revocations(ticket);

    assertThat(tags(answer)).containsExactly(tag);
    assertThat(answer.result().path("ticket").longValue()).isEqualTo(ticket());
  }

  @Test
  void theTicketFits32Bits() {
    revoked(alice);

    assertThat(v0.revocations(0).result().path("ticket").longValue()).isBetween(1L, 0xFFFF_FFFFL);
  }

  @Test
  void aRevocationIsListedForAsLongAsV1ListsIt() {
    RevocationTag tag = revoked(alice);

    at(start.plus(RETENTION).minus(MICROSECOND));
    assertThat(tags(v0.revocations(0))).containsExactly(tag);
    at(start.plus(RETENTION));
    assertThat(tags(v0.revocations(0))).isEmpty();
  }

  @Test
  void v1TakesEffectTwoHoursLater() {
    revoked(alice);

    long here = v0.revocations(0).result().at("/items/0/effective_unix_ts_ms").longValue();
    long there = v1.revocations(0).result().at("/items/0/effective_ts").longValue();

    assertThat(there * 1_000 - here).isEqualTo(7_200_000);
  }

  @Test
  void bothProtocolsListTheSameTagUnderTheSameTicket() {
    revoked(alice);

    JsonNode here = v0.revocations(0).result();
    JsonNode there = v1.revocations(0).result();

    assertThat(here.at("/items/0/gen_index_hash")).isEqualTo(there.at("/items/0/revocation_tag"));
    assertThat(here.path("ticket")).isEqualTo(there.path("ticket"));
  }

  @Test
  void aVerifierRefusesTheProofOnceTheRevocationTakesEffect() {
    shop.voucher(alice, 30);
    ProProof proof = proofIn(v0.proof(alice));
    shop.revoke(alice);
    ProRevocations list = list(v0.revocations(0));
    Instant effective = start.plus(DAY);

    assertThat(proof.verify(CRYPTO, backend.key(), effective.minusMillis(1), list))
        .isEqualTo(ProofVerdict.VALID);
    assertThat(proof.verify(CRYPTO, backend.key(), effective, list))
        .isEqualTo(ProofVerdict.REVOKED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version":0}               | 1
          {"version":null}            | 2
          {"version":0,"ticket":"0"}  | 1
          {"version":0,"ticket":true} | 1
          {"version":0,"ticket":0.0}  | 1
          {"version":1,"ticket":0}    | 1
          """)
  void everyProblemOfABrokenRequestIsTold(String body, int errors) {
    assertFailed(v0.raw(REVOCATIONS, body), 2, errors);
  }

  static List<RevocationTag> tags(Answer answer) {
    return list(answer).items().stream().map(ProRevocations.Item::tag).toList();
  }

  private static ProRevocations list(Answer answer) {
    return switch (V0Answer.parse(answer.object(), ProRevocations::parse)) {
      case V0Answer.Success<ProRevocations>(ProRevocations list) -> list;
      case V0Answer.Failure<ProRevocations> refused -> throw new AssertionError(refused);
    };
  }
}
