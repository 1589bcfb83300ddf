package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Said.day;
import static org.sessionpro.backend.store.apple.Said.minutes;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;

/// Every type and subtype of `app-store.md` §4 with the parts that Apple sends with it, for a
/// subscription whose first cycle is known and for one of which nothing is.
class NotificationMatrixTest {
  private static final Said FIRST = Said.cycle(1);
  private static final Said SECOND = Said.cycle(2);
  private static final Said UPGRADE = Said.bought(2, day(10), day(375));
  private static final Said LATE = FIRST.at(day(29));
  private static final Instant LATER = day(29);

  /// A notification and the rows that there are after it.
  record Row(
      String type,
      @Nullable String subtype,
      @Nullable Said said,
      @Nullable RenewalInfo renewal,
      String known,
      String unknown) {
    @Override
    public String toString() {
      return type + "/" + subtype;
    }
  }

  /// A row of the table: what the cycles are if the first was known, and if nothing was. Each is told as
  /// end, `+` if it renews, `g` and the days of a grace, and how it was taken back.
  private static Row row(
      String word,
      @Nullable Said said,
      @Nullable RenewalInfo renewal,
      String known,
      String unknown) {
    List<String> words = Arrays.asList(word.split("/", -1));
    return new Row(
        words.getFirst(), words.size() > 1 ? words.getLast() : null, said, renewal, known, unknown);
  }

  static Stream<Arguments> rows() {
    RenewalInfo on = Said.renewal(true, LATER);
    RenewalInfo off = Said.renewal(false, LATER);
    RenewalInfo onSecond = Said.renewal(true, day(31));
    return Stream.of(
            row("SUBSCRIBED/INITIAL_BUY", FIRST, Said.renewal(true, minutes(1)), "30+", "30+"),
            row(
                "SUBSCRIBED/RESUBSCRIBE",
                Said.bought(2, day(50), day(80)),
                Said.renewal(true, day(50)),
                "30 80+",
                "80+"),
            row("DID_RENEW", SECOND, onSecond, "30 60+", "60+"),
            row(
                "DID_RENEW/BILLING_RECOVERY",
                Said.bought(2, day(40), day(70)).as(Reason.UNKNOWN),
                Said.renewal(true, day(41)),
                "30 70+",
                "70+"),
            row(
                "DID_CHANGE_RENEWAL_PREF/UPGRADE",
                UPGRADE,
                Said.renewal(true, day(11)),
                "30~SUPERSEDED@10 375+",
                "375+"),
            row("DID_CHANGE_RENEWAL_PREF/DOWNGRADE", LATE, on, "30+", "30+"),
            row("DID_CHANGE_RENEWAL_PREF", LATE, on, "30+", "30+"),
            row("DID_CHANGE_RENEWAL_PREF", SECOND, onSecond, "30 60+", "60+"),
            row("DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_ENABLED", LATE, on, "30+", "30+"),
            row("DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_DISABLED", LATE, off, "30", "30"),
            row("DID_CHANGE_RENEWAL_STATUS/SOMETHING_NEW", LATE, off, "30", "30"),
            row(
                "DID_FAIL_TO_RENEW/GRACE_PERIOD",
                LATE,
                Said.grace(day(46), day(30)),
                "30+g16r",
                "30+g16r"),
            row("DID_FAIL_TO_RENEW", LATE, Said.retry(day(30)), "30+r", "30+r"),
            row("GRACE_PERIOD_EXPIRED", LATE, Said.retry(day(46)), "30+r", "30+r"),
            row("EXPIRED/VOLUNTARY", LATE, off, "30", "30"),
            row("EXPIRED/BILLING_RETRY", LATE, off, "30", "30"),
            row("EXPIRED/PRICE_INCREASE", LATE, off, "30", "30"),
            row("EXPIRED/PRODUCT_NOT_FOR_SALE", LATE, off, "30", "30"),
            row("EXPIRED", LATE, off, "30", "30"),
            row("REFUND", LATE.refunded(day(20)), off, "30-REFUND@20", "30-REFUND@20"),
            row("REFUND_DECLINED", LATE, on, "30+", "30+"),
            row("REFUND_REVERSED", LATE, on, "30+", "30+"),
            row("REFUND_REVERSED", LATE.refunded(day(20)), on, "30+", "30+"),
            row("REVOKE", LATE.refunded(day(20)), off, "30-FAMILY@20", "30-FAMILY@20"),
            row("OFFER_REDEEMED", SECOND, onSecond, "30 60+", "60+"),
            row("OFFER_REDEEMED", null, on, "30+", ""),
            row(
                "OFFER_REDEEMED/UPGRADE",
                UPGRADE,
                Said.renewal(true, day(11)),
                "30~SUPERSEDED@10 375+",
                "375+"),
            row("OFFER_REDEEMED/DOWNGRADE", LATE, on, "30+", "30+"),
            row("PRICE_INCREASE/PENDING", LATE, on, "30+", "30+"),
            row("PRICE_INCREASE/ACCEPTED", LATE, on, "30+", "30+"),
            row("RENEWAL_EXTENDED", LATE.until(day(44)), on, "44+", "44+"),
            row("RENEWAL_EXTENSION/SUMMARY", null, null, "30+", ""),
            row("RENEWAL_EXTENSION/FAILURE", LATE, on, "30+", "30+"),
            row("CONSUMPTION_REQUEST", LATE, on, "30+", "30+"),
            row(
                "ONE_TIME_CHARGE",
                SECOND.sold(Said.CREDIT, TransactionInfo.Type.NON_RENEWING, null, 2),
                null,
                "30+ credit60",
                "credit60"),
            row(
                "ONE_TIME_CHARGE",
                SECOND.sold(Said.MONTH, TransactionInfo.Type.NON_RENEWING, day(60), 1),
                null,
                "30 60",
                "60"),
            row("METADATA_UPDATE", LATE, on, "30+", "30+"),
            row("MIGRATION", LATE, on, "30+", "30+"),
            row("PRICE_CHANGE", LATE, on, "30+", "30+"),
            row(
                "OF_THE_FUTURE/WHATEVER",
                LATE.refunded(day(20)),
                off,
                "30-REFUND@20",
                "30-REFUND@20"),
            row("OF_THE_FUTURE", null, off, "30", ""))
        .map(row -> Arguments.of(Named.of(row.toString(), row)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsObservedFollowsFromTheParts(Row row) {
    Shelf shelf = new Shelf();
    shelf.told("SUBSCRIBED", "INITIAL_BUY", FIRST, null);

    shelf.told(row.type(), row.subtype(), row.said(), row.renewal());

    assertThat(told(shelf)).isEqualTo(row.known());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itNeedsNothingThatIsKnown(Row row) {
    Shelf shelf = new Shelf();

    shelf.told(row.type(), row.subtype(), row.said(), row.renewal());

    assertThat(told(shelf)).isEqualTo(row.unknown());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsToldAgainStatesNothing(Row row) {
    Shelf shelf = new Shelf();
    shelf.told("SUBSCRIBED", "INITIAL_BUY", FIRST, null);
    shelf.told(row.type(), row.subtype(), row.said(), row.renewal());

    assertThat(shelf.told(row.type(), row.subtype(), row.said(), row.renewal()).statements())
        .isEmpty();
  }

  static String told(Shelf shelf) {
    return shelf.payments().stream()
        .map(NotificationMatrixTest::told)
        .collect(Collectors.joining(" "));
  }

  private static String told(Payment payment) {
    Payment.Terms terms = payment.terms();
    if (payment.credit() != null) {
      return "credit" + payment.credit().granted().toDays();
    }
    String end = terms.expiry() == null ? "?" : days(terms.expiry());
    String grace = terms.grace() == null ? "" : "g" + terms.grace().toDays();
    String loss =
        payment.losses().standing().stream()
            .findFirst()
            .map(it -> (it.inferred() ? "~" : "-") + it.reason() + "@" + days(it.at()))
            .orElse("");
    return end
        + (payment.isRenewing() ? "+" : "")
        + grace
        + (terms.billingRetry() ? "r" : "")
        + loss;
  }

  private static String days(Instant instant) {
    return Long.toString(Duration.between(Said.T, instant).toDays());
  }
}
