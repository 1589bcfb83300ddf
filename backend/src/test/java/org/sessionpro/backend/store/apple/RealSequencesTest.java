package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.AppleSandbox.genuine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// From the bytes that Apple really sent to the rows that were written down beside them: verified by
/// Apple's root alone, read, and converged.
class RealSequencesTest {
  private static final Products PRODUCTS =
      new Products(Map.of(new ProductId("com.getsession.org.pro_sub"), new Plan("1w")), Map.of());

  private static final Pattern LINE = Pattern.compile("\\| `([^`]+\\.json)` \\| (.+) \\|");
  private static final Pattern ROW =
      Pattern.compile("transaction (\\d+), line item (\\d+), (\\d+) → (\\d+)");

  private static final int ORDERS = 30;

  private final AppleSignedData data = AppleSandbox.reader();
  private final AppleSandbox sandbox = AppleSandbox.orSkip();

  /// The only row there is.
  ///
  /// @param from milliseconds since 1970, as is `until`
  private record Row(
      String transaction,
      String lineItem,
      long from,
      long until,
      boolean renewing,
      boolean claimed,
      boolean revoked,
      boolean grace) {
    static Row of(Payment payment) {
      return new Row(
          Objects.requireNonNull(payment.witnessed().transaction()).value(),
          payment.key().appleLineItem().value(),
          payment.witnessed().purchasedAt().toEpochMilli(),
          Objects.requireNonNull(payment.terms().expiry()).toEpochMilli(),
          payment.isRenewing(),
          payment.owner() != null,
          !payment.isStanding(),
          payment.terms().grace() != null);
    }

    /// @param before the row as it was; null for none
    static Row expected(String text, @Nullable Row before) {
      boolean renewing = !text.contains("renewing false") && !text.contains("not renewing");
      Matcher row = ROW.matcher(text);
      if (row.find()) {
        return new Row(
            row.group(1),
            row.group(2),
            Long.parseLong(row.group(3)),
            Long.parseLong(row.group(4)),
            renewing,
            !text.contains("unclaimed"),
            false,
            false);
      }
      assertThat(text).contains("same single row");
      Row it = Objects.requireNonNull(before);
      return new Row(
          it.transaction(), it.lineItem(), it.from(), it.until(), renewing, false, false, false);
    }
  }

  /// What is expected after each file.
  private Map<String, Row> expectations() throws IOException {
    Map<String, Row> expected = new LinkedHashMap<>();
    @Nullable Row before = null;
    for (String line : sandbox.expectations()) {
      Matcher found = LINE.matcher(line);
      if (found.matches()) {
        before = Row.expected(found.group(2), before);
        expected.put(found.group(1), before);
      }
    }
    return expected;
  }

  /// The files of each customer's story, by its name: what stands before the first point or dash.
  private Map<String, List<String>> sequences() throws IOException {
    Map<String, List<String>> all = new TreeMap<>();
    for (String file : sandbox.files()) {
      all.computeIfAbsent(file.split("[.-]", 2)[0], _ -> new ArrayList<>()).add(file);
    }
    return all;
  }

  private Snapshot read(String file) throws IOException {
    Notification notification = genuine(data.notification(sandbox.payload(file)));
    NotificationParts parts = genuine(NotificationParts.of(notification, data));
    TransactionId original = Objects.requireNonNull(parts.original());
    return Snapshot.of(
        notification,
        new SubscriptionKey(PaymentProvider.APP_STORE, original.value()),
        parts.transaction(),
        parts.renewal());
  }

  private static Row only(Shelf shelf) {
    assertThat(shelf.payments()).hasSize(1);
    return Row.of(shelf.payments().getFirst());
  }

  @Test
  void everyFileIsBelievedInAllItsPartsAndSomethingIsExpectedOfIt() throws IOException {
    for (String file : sandbox.files()) {
      Snapshot snapshot = read(file);

      assertThat(snapshot.present()).as(file).isNotNull();
      assertThat(snapshot.renewal()).as(file).isNotNull();
    }
    assertThat(expectations().keySet()).containsExactlyInAnyOrderElementsOf(sandbox.files());
  }

  @Test
  void eachFileOfASequenceLeadsToTheRowThatIsExpected() throws IOException {
    Map<String, Row> expected = expectations();
    for (List<String> sequence : sequences().values()) {
      Shelf shelf = new Shelf(PRODUCTS);
      for (String file : sequence) {
        shelf.look(read(file));

        assertThat(only(shelf)).as(file).isEqualTo(expected.get(file));
      }
    }
  }

  @Test
  void anyOrderAndAnyRepetitionEndInTheRowThatIsExpectedLast() throws IOException {
    Map<String, Row> expected = expectations();
    for (List<String> sequence : sequences().values()) {
      List<Snapshot> all = new ArrayList<>();
      for (String file : sequence) {
        all.add(read(file));
      }
      all.addAll(List.copyOf(all));
      for (int seed = 0; seed < ORDERS; seed++) {
        Collections.shuffle(all, new Random(seed));
        Shelf shelf = new Shelf(PRODUCTS);
        all.forEach(shelf::look);

        assertThat(only(shelf)).as("seed %d", seed).isEqualTo(expected.get(sequence.getLast()));
      }
    }
  }
}
