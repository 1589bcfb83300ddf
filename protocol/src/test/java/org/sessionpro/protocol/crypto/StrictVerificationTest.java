package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Forgery.Kind;
import org.sessionpro.protocol.crypto.Forgery.Signed;

/// The strict rules of `wire-v1.md` §3.1, over every library and over one that accepts everything.
class StrictVerificationTest {
  private static final ByteString MESSAGE = ByteString.of(new byte[] {1, 2, 3});
  private static final byte[] FULL_ORDER = Edwards25519.BASE.encoded();
  private static final List<Forgery> FORGERIES = Forgery.all();

  /// Shows what our own filter lets through.
  private static final Crypto GULLIBLE =
      Libraries.onEd25519(FakeEd25519.verifying((key, message, signature) -> true));

  static Stream<Crypto> libraries() {
    return Libraries.ed25519();
  }

  static Stream<Candidate<Ed25519>> candidates() {
    return Candidate.ED25519.stream();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void noForgeryVerifies(Crypto crypto) {
    List<Forgery> accepted =
        FORGERIES.stream().filter(one -> isAccepted(crypto, one.signed())).toList();
    System.out.printf(
        "forgeries: %d combinations over %s, %d accepted%n",
        FORGERIES.size(), Libraries.signer(crypto), accepted.size());
    assertThat(accepted).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsAmongTheForgeries(Kind kind) {
    assertThat(FORGERIES).anyMatch(one -> one.kind() == kind);
    assertThat(Forgery.closest(key -> MESSAGE)).anyMatch(one -> one.kind() == kind);
  }

  @Test
  void whatShowsInTheBytesComesToNoLibrary() {
    assertThat(FORGERIES)
        .filteredOn(one -> one.kind().showsInBytes())
        .noneMatch(one -> isAccepted(GULLIBLE, one.signed()));
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void everyLibraryAloneWouldAcceptSomeForgery(Candidate<Ed25519> candidate) {
    Ed25519 library = candidate.opener().get();
    assertThat(FORGERIES).anyMatch(one -> isAcceptedUnfiltered(library, one.signed()));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void trueSignatureVerifies(Crypto crypto) {
    assertThat(isAccepted(crypto, Forgery.trueSignature())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void signatureOfMixedOrderIsJudgedByOneFormOfTheEquation(Crypto crypto) {
    List<Signed> cofactored = Forgery.ofMixedOrder();
    List<Signed> cofactorless =
        cofactored.stream()
            .filter(one ->
                Edwards25519.verifies(
                    one.key().toByteArray(),
                    one.message().toByteArray(),
                    one.signature().toByteArray()))
            .toList();
    assertThat(cofactorless).isNotEmpty().hasSizeLessThan(cofactored.size());
    assertThat(cofactored.stream().filter(one -> isAccepted(crypto, one)).toList())
        .isIn(cofactored, cofactorless);
  }

  @Test
  void orderOfTheGroupIsTheFirstSRefused() {
    assertThat(isAccepted(GULLIBLE, withS(Edwards25519.L.subtract(BigInteger.ONE)))).isTrue();
    assertThat(isAccepted(GULLIBLE, withS(Edwards25519.L))).isFalse();
    assertThat(isAccepted(GULLIBLE, withS(Edwards25519.L.add(BigInteger.ONE)))).isFalse();
    assertThat(isAccepted(GULLIBLE, withS(BigInteger.TWO.pow(256).subtract(BigInteger.ONE))))
        .isFalse();
  }

  @Test
  void largestCanonicalKeyOfFullOrderIsLeftToTheLibrary() {
    byte[] pMinus2 = Edwards25519.littleEndian(Edwards25519.P.subtract(BigInteger.TWO));
    assertThat(isAccepted(GULLIBLE, withKey(pMinus2))).isTrue();
  }

  @Test
  void nonCanonicalRIsLeftToTheByteComparison() {
    byte[] pPlus2 = Edwards25519.littleEndian(Edwards25519.P.add(BigInteger.TWO));
    Signed forged = Signed.of(ByteString.of(FULL_ORDER), MESSAGE, pPlus2, BigInteger.ONE);
    assertThat(isAccepted(GULLIBLE, forged)).isTrue();
    assertThat(Libraries.ed25519()).noneMatch(crypto -> isAccepted(crypto, forged));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void keyOffTheCurveVerifiesNothing(Crypto crypto) {
    byte[] offCurve = HexFormat.of().parseHex("02" + "00".repeat(31));
    assertThat(Edwards25519.decode(offCurve)).isEmpty();
    assertThat(isAccepted(crypto, withKey(offCurve))).isFalse();
  }

  @Test
  void exceptionOfALibraryIsARefusal() {
    Crypto checked =
        Libraries.onEd25519(
            FakeEd25519.verifying((key, message, signature) -> {
              throw new SignatureException("S out of range");
            }));
    Crypto unchecked =
        Libraries.onEd25519(
            FakeEd25519.verifying((key, message, signature) -> {
              throw new IllegalStateException("point not on curve");
            }));
    assertThat(isAccepted(checked, withKey(FULL_ORDER))).isFalse();
    assertThat(isAccepted(unchecked, withKey(FULL_ORDER))).isFalse();
  }

  @Test
  void listOfSmallOrdersIsComplete() {
    assertThat(Forgery.smallOrderEncodings())
        .hasSize(14)
        .allMatch(encoding -> LowOrder.isEdwards(encoding, 0));
  }

  @Test
  void pointsOfFullAndMixedOrderAreNotOfSmallOrder() {
    assertThat(LowOrder.isEdwards(FULL_ORDER, 0)).isFalse();
    assertThat(Forgery.ofMixedOrder())
        .noneMatch(one -> LowOrder.isEdwards(one.key().toByteArray(), 0));
  }

  private static Signed withS(BigInteger s) {
    return Signed.of(ByteString.of(FULL_ORDER), MESSAGE, FULL_ORDER, s);
  }

  private static Signed withKey(byte[] key) {
    return Signed.of(ByteString.of(key), MESSAGE, FULL_ORDER, BigInteger.ONE);
  }

  private static boolean isAccepted(Crypto crypto, Signed signed) {
    return crypto.verify(
        new MasterKey(signed.key()),
        signed.message().toByteArray(),
        new Signature(signed.signature()));
  }

  private static boolean isAcceptedUnfiltered(Ed25519 library, Signed signed) {
    try {
      return library.verify(
          signed.key().toByteArray(),
          signed.message().toByteArray(),
          signed.signature().toByteArray());
    } catch (GeneralSecurityException | RuntimeException refused) {
      return false;
    }
  }
}
