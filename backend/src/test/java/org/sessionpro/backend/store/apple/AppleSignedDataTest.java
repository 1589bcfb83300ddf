package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.SignedData.Chain;
import org.sessionpro.backend.store.apple.SignedData.Problem;
import org.sessionpro.backend.store.apple.SignedData.Verified;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.SignedData.Verified.Rejected;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;
import org.sessionpro.backend.store.apple.TransactionInfo.Revocation;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.TransactionId;

/// What is believed, and what is read of it (`app-store.md` §1.2, §2).
class AppleSignedDataTest {
  private static final TestPki PKI = TestPki.withoutResponder();
  private static final UUID ID = Payloads.ID;

  private final AppleSignedData data =
      new AppleSignedData(Payloads.settings(), PKI.roots(), () -> Payloads.SIGNED);

  private TransactionInfo transaction(String more) {
    return genuine(data.transaction(PKI.sign(Payloads.transaction(more))));
  }

  private RenewalInfo renewal(String more) {
    return genuine(data.renewal(PKI.sign(Payloads.renewal(more))));
  }

  private static <T> T genuine(Verified<T> verified) {
    assertThat(verified).isInstanceOf(Genuine.class);
    return ((Genuine<T>) verified).value();
  }

  private static void assertRejected(Verified<?> verified, Problem problem) {
    assertThat(verified).isEqualTo(new Rejected<>(problem));
  }

  @Test
  void aTransactionSaysWhatItSays() {
    TransactionInfo info = transaction(",'appAccountToken':'D75A9801-82B1-4AB7-954B-FED3C964073A'");

    assertThat(info)
        .isEqualTo(
            new TransactionInfo(
                new TransactionInfo.Names(
                    new TransactionId(Payloads.ORIGINAL),
                    new TransactionId("2000001024998954"),
                    new OrderId("2000000113755461")),
                new ProductId("com.getsession.org.pro_sub_1_month"),
                TransactionInfo.Type.AUTO_RENEWABLE,
                Instant.ofEpochMilli(1_772_618_403_000L),
                Instant.ofEpochMilli(1_775_296_803_000L),
                Payloads.SIGNED,
                Reason.PURCHASE,
                Ownership.PURCHASED,
                UUID.fromString("d75a9801-82b1-4ab7-954b-fed3c964073a"),
                false,
                null,
                1,
                Remarks.NONE));
  }

  @Test
  void aRenewalSaysWhatItSays() {
    assertThat(renewal(",'isInBillingRetryPeriod':true,'gracePeriodExpiresDate':1775900000000"))
        .isEqualTo(
            new RenewalInfo(
                new TransactionId(Payloads.ORIGINAL),
                new ProductId("com.getsession.org.pro_sub_3_months"),
                true,
                true,
                Instant.ofEpochMilli(1_775_900_000_000L),
                Payloads.SIGNED));
  }

  @Test
  void aNotificationSaysWhatItSays() {
    SignedText transaction = PKI.sign(Payloads.transaction(""));
    SignedText signed =
        PKI.sign(Payloads.notification(ID, "DID_RENEW/BILLING_RECOVERY", transaction, null));

    assertThat(genuine(data.notification(signed)))
        .isEqualTo(
            new Notification(
                ID, "DID_RENEW", "BILLING_RECOVERY", Payloads.SIGNED, 1, transaction, null));
  }

  @Test
  void whatIsNotStatedIsAbsent() {
    RenewalInfo info = renewal(",'autoRenewStatus':7");

    assertThat(info.renewing()).isNull();
    assertThat(info.billingRetry()).isNull();
    assertThat(info.graceUntil()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'not a token'", "'1-1-1-1-1'", "17", "null", "{'a':1}"})
  void aTokenThatIsNoneLosesNothingElse(String token) {
    TransactionInfo info = transaction(",'appAccountToken':" + token);

    assertThat(info.token()).isNull();
    assertThat(info.expiresAt()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'price':'much','quantity':'many','offerType':'x'",
        "'revocationReason':'x','revocationPercentage':{}",
        "'expiresDate':1775296803000,'isUpgraded':'no'",
        "'inAppOwnershipType':7,'transactionReason':[]",
        "'whatNobodyHasHeardOf':{'deep':[1,2,{'er':null}]}"
      })
  void membersOfAnotherTypeLoseNothing(String members) {
    assertThat(transaction("," + members).names().transaction())
        .isEqualTo(new TransactionId("2000001024998954"));
  }

  @Test
  void wordsThatNobodyHasHeardOfAreNotGuessedAt() {
    TransactionInfo info =
        transaction(",'type':'Lease','transactionReason':'GIFT','inAppOwnershipType':'LENT'");

    assertThat(info.type()).isEqualTo(TransactionInfo.Type.OTHER);
    assertThat(info.reason()).isEqualTo(Reason.UNKNOWN);
    assertThat(info.ownership()).isEqualTo(Ownership.PURCHASED);
  }

  @ParameterizedTest
  @CsvSource({"REFUND_FULL,false", "REFUND_PRORATED,false", "FAMILY_REVOKE,true", "NEW,false"})
  void aRevocationTellsWhetherAFamilyWasLeft(String type, boolean family) {
    assertThat(
            transaction(",'revocationDate':1772700000000,'revocationType':'" + type + "'")
                .revocation())
        .isEqualTo(new Revocation(Instant.ofEpochMilli(1_772_700_000_000L), family));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'originalTransactionId':''",
        "'transactionId':null",
        "'transactionId':'a b'",
        "'productId':7",
        "'purchaseDate':'soon'",
        "'purchaseDate':-1",
        "'signedDate':null"
      })
  void aTransactionThatLacksWhatItHasToSayIsNotBelieved(String member) {
    assertRejected(data.transaction(PKI.sign(Payloads.transaction("," + member))), Problem.CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "[]", "{", "[*5000"})
  void whatIsSignedAndNoObjectIsNotUnderstood(String payload) {
    String json = payload.replace('\'', '"').replace("[*5000", "[".repeat(5_000));

    assertRejected(data.transaction(PKI.sign(json)), Problem.CONTENT);
  }

  @Test
  void aTransactionIsNoRenewal() {
    assertRejected(data.renewal(PKI.sign(Payloads.transaction(""))), Problem.CONTENT);
  }

  @Test
  void aRenewalIsNoTransaction() {
    assertRejected(data.transaction(PKI.sign(Payloads.renewal(""))), Problem.APPLICATION);
  }

  @Test
  void aNotificationWithoutAnIdIsNotUnderstood() {
    SignedText signed =
        PKI.sign(Payloads.notification(ID, "TEST", null, null).replace(ID.toString(), "no id"));

    assertRejected(data.notification(signed), Problem.CONTENT);
  }

  private record Container(String members, @Nullable Problem problem) {}

  @TestFactory
  Stream<DynamicTest> whateverANotificationIsAboutSaysForWhomItIs() {
    String ours = "'bundleId':'" + Payloads.BUNDLE + "'";
    return Stream.of(
            new Container("'data':{" + ours + ",'environment':'Sandbox'}", null),
            new Container("'summary':{" + ours + ",'environment':'Sandbox'}", null),
            new Container("'appData':{" + ours + ",'environment':'Sandbox'}", null),
            new Container("'future':{" + ours + ",'environment':'Sandbox'}", null),
            new Container(
                "'externalPurchaseToken':{" + ours + ",'externalPurchaseId':'SANDBOX_1'}", null),
            new Container(
                "'externalPurchaseToken':{" + ours + ",'externalPurchaseId':'1'}",
                Problem.ENVIRONMENT),
            new Container("'data':{" + ours + ",'environment':'Production'}", Problem.ENVIRONMENT),
            new Container("'data':{" + ours + "}", Problem.ENVIRONMENT),
            new Container(
                "'data':{'bundleId':'org.example.other','environment':'Sandbox'}",
                Problem.APPLICATION),
            new Container("'data':{'environment':'Sandbox'}", Problem.APPLICATION),
            new Container("'data':7", Problem.APPLICATION))
        .map(it ->
            DynamicTest.dynamicTest(
                it.members(),
                () -> {
                  Verified<Notification> read =
                      data.notification(
                          PKI.sign(
                              Payloads.notification(ID, "'notificationType':'X'," + it.members())));
                  if (it.problem() == null) {
                    assertThat(read).isInstanceOf(Genuine.class);
                  } else {
                    assertRejected(read, it.problem());
                  }
                }));
  }

  @ParameterizedTest
  @CsvSource({"appAppleId,7,true", "appAppleId,8,false", "other,7,false"})
  void inProductionTheNumberOfTheAppCountsToo(String name, int value, boolean believed) {
    AppleSignedData production =
        new AppleSignedData(Payloads.production(7), PKI.roots(), () -> Payloads.SIGNED);
    String notification =
        Payloads.notification(
            ID,
            "'notificationType':'TEST','data':{'bundleId':'%s','environment':'Production','%s':%d}"
                .formatted(Payloads.BUNDLE, name, value));

    assertThat(production.notification(PKI.sign(notification)) instanceof Genuine)
        .isEqualTo(believed);
  }

  @ParameterizedTest
  @CsvSource({"environment,Production,ENVIRONMENT", "bundleId,org.example.other,APPLICATION"})
  void aTransactionOfAnotherPlaceIsNotBelieved(String name, String value, Problem problem) {
    assertRejected(
        data.transaction(PKI.sign(Payloads.transaction(",'" + name + "':'" + value + "'"))),
        problem);
  }

  @Test
  void aRenewalOfAnotherEnvironmentIsNotBelieved() {
    assertRejected(
        data.renewal(PKI.sign(Payloads.renewal(",'environment':'Production'"))),
        Problem.ENVIRONMENT);
  }

  private record Forgery(String name, SignedText text) {}

  private static Stream<Forgery> forgeries() {
    String json = Payloads.transaction("");
    String good = PKI.sign(json).value();
    String[] parts = good.split("\\.", -1);
    String other = PKI.sign(Payloads.transaction(",'quantity':9")).value().split("\\.", -1)[1];
    List<TestPki.Certified> chain = List.of(PKI.leaf(), PKI.intermediate(), PKI.root());
    return Stream.of(
        new Forgery("another root", TestPki.withoutResponder().sign(json)),
        new Forgery("leaf without its mark", PKI.withoutLeafOid().sign(json)),
        new Forgery("intermediate without its mark", PKI.withoutIntermediateOid().sign(json)),
        new Forgery("two certificates", PKI.sign(json, chain.subList(0, 2))),
        new Forgery(
            "four certificates",
            PKI.sign(json, List.of(PKI.leaf(), PKI.intermediate(), PKI.root(), PKI.root()))),
        new Forgery("no certificates", PKI.sign(json, List.of())),
        new Forgery("signed by another leaf", PKI.rotated().sign(json, chain)),
        new Forgery("ended before it was signed", PKI.endingAt(ended()).sign(json)),
        new Forgery("altered", new SignedText(parts[0] + "." + other + "." + parts[2])),
        new Forgery("without signature", new SignedText(parts[0] + "." + parts[1] + ".")),
        new Forgery(
            "signature of zeros", new SignedText(parts[0] + "." + parts[1] + "." + "A".repeat(86))),
        new Forgery("unsigned", new SignedText("eyJhbGciOiJub25lIn0." + parts[1] + ".")),
        new Forgery("empty", new SignedText("")),
        new Forgery("dots", new SignedText("..")),
        new Forgery("garbage", new SignedText("\u0000\uD800 not a signature")),
        new Forgery("huge", new SignedText("A".repeat(AppleSignedData.MAX_LENGTH + 1))));
  }

  private static Instant ended() {
    return Payloads.SIGNED.minusSeconds(86_400);
  }

  @TestFactory
  Stream<DynamicTest> aForgeryIsNotBelieved() {
    return forgeries()
        .map(it ->
            DynamicTest.dynamicTest(
                it.name(), () -> assertRejected(data.transaction(it.text()), Problem.SIGNATURE)));
  }

  @Test
  void theThirdCertificateMeansNothing() {
    TestPki other = TestPki.withoutResponder();
    SignedText signed =
        PKI.sign(Payloads.transaction(""), List.of(PKI.leaf(), PKI.intermediate(), other.root()));

    assertThat(data.transaction(signed)).isInstanceOf(Genuine.class);
  }

  @Test
  void whatWasSignedInTimeIsBelievedAfterItsCertificateHasEnded() {
    TestPki ended = PKI.endingAt(Payloads.SIGNED.plusSeconds(86_400));

    assertThat(data.transaction(ended.sign(Payloads.transaction("")))).isInstanceOf(Genuine.class);
  }

  @Test
  void partsMayBeSignedUnderAnotherCertificateThanTheWhole() {
    TestPki next = PKI.rotated();
    SignedText signed =
        next.sign(Payloads.notification(ID, "DID_RENEW", PKI.sign(Payloads.transaction("")), null));

    assertThat(NotificationParts.of(genuine(data.notification(signed)), data))
        .isInstanceOf(Genuine.class);
  }

  @Test
  void partsAboutTwoSubscriptionsAreNotBelieved() {
    SignedText other = PKI.sign(Payloads.renewal(",'originalTransactionId':'1'"));
    Notification notification =
        genuine(
            data.notification(
                PKI.sign(
                    Payloads.notification(
                        ID, "DID_RENEW", PKI.sign(Payloads.transaction("")), other))));

    assertRejected(NotificationParts.of(notification, data), Problem.CONTENT);
  }

  @Test
  void nobodyIsAskedAboutCertificatesUnlessThatIsWanted() {
    assertThat(data.chain(new SignedText("anything"))).isEqualTo(Chain.GOOD);
  }
}
