package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v0.Samples.BACKEND;
import static org.sessionpro.protocol.v0.Samples.BACKEND_KEY;
import static org.sessionpro.protocol.v0.Samples.CRYPTO;
import static org.sessionpro.protocol.v0.Samples.MASTER;
import static org.sessionpro.protocol.v0.Samples.NOW;
import static org.sessionpro.protocol.v0.Samples.ROTATING;
import static org.sessionpro.protocol.v0.Samples.STRANGER;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;

/// The checks of `wire-v0.md` §4 on signatures and keys, and their order.
class AuthenticityTest {
  private static final Signature BAD = Signature.fromHex("00".repeat(Signature.SIZE));

  @Test
  void requestOfTwoKeysIsAuthentic() {
    assertThat(generate(MASTER, ROTATING)).isEqualTo(Authenticity.AUTHENTIC);
    assertThat(Samples.add(Samples.APPLE).authenticity(CRYPTO, BACKEND_KEY))
        .isEqualTo(Authenticity.AUTHENTIC);
  }

  @Test
  void masterSignatureIsCheckedFirst() {
    GenerateProProofRequest good = Samples.generate();
    assertThat(signed(good, BAD, BAD)).isEqualTo(Authenticity.BAD_MASTER_SIGNATURE);
    assertThat(signed(good, good.rotatingSignature(), good.rotatingSignature()))
        .isEqualTo(Authenticity.BAD_MASTER_SIGNATURE);
  }

  @Test
  void rotatingSignatureIsCheckedToo() {
    GenerateProProofRequest good = Samples.generate();
    assertThat(signed(good, good.masterSignature(), BAD))
        .isEqualTo(Authenticity.BAD_ROTATING_SIGNATURE);
  }

  @Test
  void oneKeyCannotPlayBothRoles() {
    assertThat(generate(MASTER, MASTER)).isEqualTo(Authenticity.SAME_KEYS);
  }

  @Test
  void backendKeyCannotPlayARole() {
    assertThat(generate(BACKEND, ROTATING)).isEqualTo(Authenticity.BACKEND_KEY);
    assertThat(generate(MASTER, BACKEND)).isEqualTo(Authenticity.BACKEND_KEY);
  }

  @Test
  void oneSignatureCannotCountTwice() {
    GenerateProProofRequest good = Samples.generate();
    GenerateProProofRequest twice =
        with(good, good.master(), good.masterSignature(), good.masterSignature());
    assertThat(twice.authenticity(believing(), BACKEND_KEY))
        .isEqualTo(Authenticity.SAME_SIGNATURES);
  }

  @Test
  void keysAreNotJudgedBeforeTheirSignatures() {
    MasterKey rotatingAsMaster = new MasterKey(ROTATING.publicKey());
    GenerateProProofRequest request = with(Samples.generate(), rotatingAsMaster, BAD, BAD);
    assertThat(request.authenticity(CRYPTO, BACKEND_KEY))
        .isEqualTo(Authenticity.BAD_MASTER_SIGNATURE);
  }

  @Test
  void signatureCoversTheTimestamp() {
    GenerateProProofRequest good = Samples.generate();
    GenerateProProofRequest later =
        new GenerateProProofRequest(
            good.master(),
            good.rotating(),
            NOW.plusMillis(1),
            good.masterSignature(),
            good.rotatingSignature());
    assertThat(later.authenticity(CRYPTO, BACKEND_KEY))
        .isEqualTo(Authenticity.BAD_MASTER_SIGNATURE);
  }

  @Test
  void signatureOfOneEndpointIsWorthNothingAtAnother() {
    GetProDetailsRequest details = GetProDetailsRequest.sign(CRYPTO, MASTER, NOW, 0);
    SetPaymentRefundRequestedRequest refund =
        new SetPaymentRefundRequestedRequest(
            details.master(), NOW, V0Time.NONE, Samples.APPLE, details.masterSignature());
    assertThat(details.isAuthentic(CRYPTO)).isTrue();
    assertThat(refund.isAuthentic(CRYPTO)).isFalse();
  }

  @Test
  void strangerCannotSpeakForTheMaster() {
    for (SignedByMaster good : List.of(Samples.details(), Samples.refund(Samples.APPLE))) {
      Signature stranger = STRANGER.sign(good.digest(CRYPTO));
      SignedByMaster forged =
          switch (good) {
            case GetProDetailsRequest r ->
                new GetProDetailsRequest(r.master(), r.timestamp(), r.count(), stranger);
            case SetPaymentRefundRequestedRequest r ->
                new SetPaymentRefundRequestedRequest(
                    r.master(), r.timestamp(), r.refundRequested(), r.payment(), stranger);
          };
      assertThat(good.isAuthentic(CRYPTO)).isTrue();
      assertThat(forged.isAuthentic(CRYPTO)).isFalse();
    }
  }

  @Test
  void clientMaySignWithAFinerClockThanTheWire() {
    Instant fine = NOW.plusNanos(999_999);
    assertThat(
            GenerateProProofRequest.sign(CRYPTO, MASTER, ROTATING, fine)
                .authenticity(CRYPTO, BACKEND_KEY))
        .isEqualTo(Authenticity.AUTHENTIC);
  }

  private static Authenticity generate(SigningKey master, SigningKey rotating) {
    return GenerateProProofRequest.sign(CRYPTO, master, rotating, NOW)
        .authenticity(CRYPTO, BACKEND_KEY);
  }

  private static Authenticity signed(
      GenerateProProofRequest request, Signature master, Signature rotating) {
    return with(request, request.master(), master, rotating).authenticity(CRYPTO, BACKEND_KEY);
  }

  private static GenerateProProofRequest with(
      GenerateProProofRequest request, MasterKey master, Signature first, Signature second) {
    RotatingKey rotating = request.rotating();
    return new GenerateProProofRequest(master, rotating, request.timestamp(), first, second);
  }

  /// A library that believes every signature: two keys whose signatures are equal and valid are
  /// beyond the means of a test.
  private static Crypto believing() {
    return (Crypto)
        Proxy.newProxyInstance(
            Crypto.class.getClassLoader(),
            new Class<?>[] {Crypto.class},
            (proxy, method, arguments) ->
                method.getName().equals("verify") ? true : method.invoke(CRYPTO, arguments));
  }
}
