package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonValue;

/// Arbitrary values of every wire type, whole seconds where the wire has no finer ones.
final class V1Arbitraries {
  private static final long MAX_SECONDS = (1L << 53) - 1;

  private V1Arbitraries() {}

  static Arbitrary<GenerateProProofRequest> generateProProofRequests() {
    return Combinators.combine(
            bytes(32).map(MasterKey::new), rotatingKeys(), integers(), signatures(), signatures())
        .as(GenerateProProofRequest::new);
  }

  static Arbitrary<GetProStatusRequest> getProStatusRequests() {
    return Combinators.combine(bytes(32).map(MasterKey::new), integers(), signatures())
        .as(GetProStatusRequest::new);
  }

  static Arbitrary<GetPaymentDetailsRequest> getPaymentDetailsRequests() {
    return Combinators.combine(
            bytes(32).map(MasterKey::new), integers(), integers(), wellFormed(), signatures())
        .as(GetPaymentDetailsRequest::new);
  }

  static Arbitrary<GetProRevocationsRequest> getProRevocationsRequests() {
    return integers().map(GetProRevocationsRequest::new);
  }

  static Arbitrary<V1Answer<ProofResult>> proofAnswers() {
    Arbitrary<Proof> proofs =
        Combinators.combine(tags(), rotatingKeys(), instants(), signatures()).as(Proof::new);
    return answers(Combinators.combine(proofs, accountTerms()).as(ProofResult::new));
  }

  static Arbitrary<V1Answer<StatusResult>> statusAnswers() {
    return answers(
        Combinators.combine(
                Arbitraries.of(UserStatus.class), accountTerms(), items().injectNull(0.2))
            .as(StatusResult::new));
  }

  static Arbitrary<V1Answer<PaymentDetails>> detailsAnswers() {
    return answers(
        Combinators.combine(
                Arbitraries.longs().greaterOrEqual(0),
                items().list().ofMaxSize(4),
                Arbitraries.strings().injectNull(0.3))
            .as(PaymentDetails::new));
  }

  static Arbitrary<V1Answer<RevocationList>> revocationAnswers() {
    return answers(
        Combinators.combine(
                Arbitraries.longs().greaterOrEqual(0).map(Ticket::new),
                Combinators.combine(tags(), instants())
                    .as(RevocationList.Item::new)
                    .list()
                    .ofMaxSize(4),
                durations(),
                durations())
            .as(RevocationList::new));
  }

  static Arbitrary<V1Answer<ServerStatus>> serverAnswers() {
    return answers(
        Combinators.combine(Arbitraries.strings(), instants(), bytes(32).map(BackendKey::new))
            .as(ServerStatus::new));
  }

  private static <R extends V1Result> Arbitrary<V1Answer<R>> answers(Arbitrary<R> results) {
    return Arbitraries.oneOf(results.map(V1Answer.Ok::new), refusals().map(V1Answer.Refused::new));
  }

  private static Arbitrary<Refusal> refusals() {
    return Combinators.combine(
            Arbitraries.of(EnvelopeStatus.FAIL, EnvelopeStatus.ERROR),
            Arbitraries.strings(),
            Arbitraries.strings(),
            accountTerms().injectNull(0.5))
        .as(Refusal::new);
  }

  private static Arbitrary<PaymentItem> items() {
    Arbitrary<PaymentId> ids =
        Combinators.combine(Arbitraries.of(PaymentProvider.class), Arbitraries.strings())
            .as(PaymentId::new);
    Arbitrary<PaymentTerm> terms =
        Combinators.combine(present(instants()).injectNull(0.3), durations(), booleans())
            .as(PaymentTerm::new);
    return Combinators.combine(
            Arbitraries.of(PaymentStatus.class),
            Arbitraries.of("1m", "3m", "12m", "1y", "30d", "lifetime").map(Plan::new),
            ids,
            terms,
            preciseInstants(),
            present(instants()).injectNull(0.3),
            present(preciseInstants()).injectNull(0.5))
        .as(PaymentItem::new);
  }

  /// The epoch means absence in the optional instants.
  private static Arbitrary<Instant> present(Arbitrary<Instant> instants) {
    return instants.filter(instant -> !instant.equals(Instant.EPOCH));
  }

  private static Arbitrary<AccountTerm> accountTerms() {
    return Combinators.combine(instants(), durations(), booleans()).as(AccountTerm::new);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs().between(-MAX_SECONDS, MAX_SECONDS).map(Instant::ofEpochSecond);
  }

  private static Arbitrary<Instant> preciseInstants() {
    return Combinators.combine(instants(), Arbitraries.longs().between(0, 999_999))
        .as((second, micros) -> second.plusNanos(1_000 * micros));
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.longs().between(0, MAX_SECONDS).map(Duration::ofSeconds);
  }

  private static Arbitrary<Boolean> booleans() {
    return Arbitraries.of(true, false);
  }

  private static Arbitrary<DecimalInteger> integers() {
    return Arbitraries.oneOf(
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(60).map("-1"::concat))
        .map(DecimalInteger::new);
  }

  private static Arbitrary<String> wellFormed() {
    return Arbitraries.strings().filter(text -> new JsonValue.Text(text).isWellFormed());
  }

  private static Arbitrary<RevocationTag> tags() {
    return bytes(32).map(RevocationTag::new);
  }

  private static Arbitrary<RotatingKey> rotatingKeys() {
    return bytes(32).map(RotatingKey::new);
  }

  private static Arbitrary<Signature> signatures() {
    return bytes(64).map(Signature::new);
  }

  private static Arbitrary<ByteString> bytes(int size) {
    return Arbitraries.bytes().array(byte[].class).ofSize(size).map(ByteString::of);
  }
}
