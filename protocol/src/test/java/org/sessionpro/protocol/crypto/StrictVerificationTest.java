package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;

/// The strict rules of `wire-v1.md` §3.1, over every library and over one that accepts everything.
class StrictVerificationTest {
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final byte[] FULL_ORDER = Edwards25519.BASE.encoded();
  private static final List<Forgery> FORGERIES = forgeries();

  /// Shows what our own filter lets through.
  private static final Crypto GULLIBLE =
      Libraries.onEd25519(FakeEd25519.verifying((key, message, signature) -> true));

  private static List<Forgery> forgeries() {
    List<Forgery> forgeries = new ArrayList<>(Forgery.underSmallOrderKeys());
    forgeries.addAll(Forgery.withSmallOrderR());
    return List.copyOf(forgeries);
  }

  static Stream<Crypto> libraries() {
    return Libraries.ed25519();
  }

  static Stream<Crypto> librariesAndGullible() {
    return Stream.concat(Libraries.ed25519(), Stream.of(GULLIBLE));
  }

  static Stream<Candidate<Ed25519>> candidates() {
    return Candidate.ED25519.stream();
  }

  @ParameterizedTest
  @MethodSource("librariesAndGullible")
  void nothingOfSmallOrderVerifies(Crypto crypto) {
    assertThat(FORGERIES).noneMatch(forgery -> isAccepted(crypto, forgery));
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void everyLibraryAloneWouldAcceptSomeForgery(Candidate<Ed25519> candidate) {
    Ed25519 library = candidate.opener().get();
    assertThat(FORGERIES).anyMatch(forgery -> isAcceptedUnfiltered(library, forgery));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void signatureOfMixedOrderIsJudgedByOneFormOfTheEquation(Crypto crypto) {
    List<Forgery> cofactored = Forgery.ofMixedOrder();
    List<Forgery> cofactorless =
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
  void everyNonCanonicalKeyIsRefused() {
    for (BigInteger y = Edwards25519.P; y.bitLength() <= 255; y = y.add(BigInteger.ONE)) {
      assertThat(isAccepted(GULLIBLE, withKey(Edwards25519.littleEndian(y)))).isFalse();
      assertThat(isAccepted(GULLIBLE, withKey(Edwards25519.littleEndian(y.setBit(255))))).isFalse();
    }
  }

  @Test
  void largestCanonicalKeyOfFullOrderIsLeftToTheLibrary() {
    byte[] pMinus2 = Edwards25519.littleEndian(Edwards25519.P.subtract(BigInteger.TWO));
    assertThat(isAccepted(GULLIBLE, withKey(pMinus2))).isTrue();
  }

  @Test
  void nonCanonicalRIsLeftToTheByteComparison() {
    byte[] pPlus2 = Edwards25519.littleEndian(Edwards25519.P.add(BigInteger.TWO));
    Forgery forgery = Forgery.of("R", FULL_ORDER, MESSAGE, pPlus2, BigInteger.ONE);
    assertThat(isAccepted(GULLIBLE, forgery)).isTrue();
    assertThat(Libraries.ed25519()).noneMatch(crypto -> isAccepted(crypto, forgery));
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

  private static Forgery withS(BigInteger s) {
    return Forgery.of("S", FULL_ORDER, MESSAGE, FULL_ORDER, s);
  }

  private static Forgery withKey(byte[] key) {
    return Forgery.of("key", key, MESSAGE, FULL_ORDER, BigInteger.ONE);
  }

  private static boolean isAccepted(Crypto crypto, Forgery forgery) {
    return crypto.verify(
        new MasterKey(forgery.key()),
        forgery.message().toByteArray(),
        new Signature(forgery.signature()));
  }

  private static boolean isAcceptedUnfiltered(Ed25519 library, Forgery forgery) {
    try {
      return library.verify(
          forgery.key().toByteArray(),
          forgery.message().toByteArray(),
          forgery.signature().toByteArray());
    } catch (GeneralSecurityException | RuntimeException refused) {
      return false;
    }
  }
}
