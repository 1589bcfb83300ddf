package org.sessionpro.simulator.apple.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// Get Transaction History: every transaction of a customer, the one that changed last at the end, 20 a
/// page. A `revision` stands for all that was shown up to it: whoever comes back with it sees what is
/// new or has changed since.
final class TransactionHistory {
  private static final int PAGE = 20;
  private static final String ASCENDING = "ASCENDING";
  private static final String DESCENDING = "DESCENDING";

  private final Documents documents;

  TransactionHistory(Documents documents) {
    this.documents = documents;
  }

  /// A transaction in its place.
  ///
  /// @param part which of the transactions of one payment, from 0
  private record Entry(Subscription purchase, Cycle cycle, int part) {
    TransactionId id() {
      return cycle.ids().all().get(part);
    }
  }

  /// How far somebody has read.
  private record Position(String sort, long revision, int part) {
    String encoded() {
      String text = sort + ":" + revision + ":" + part;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static Position decode(String encoded) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII)
                .split(":", -1);
        return new Position(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
        throw new ApiFailure(ApiError.INVALID_REQUEST_REVISION);
      }
    }

    static Position of(String sort, Entry entry) {
      return new Position(sort, entry.cycle().revision(), entry.part());
    }
  }

  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong((Entry entry) -> entry.cycle().revision())
          .thenComparingInt(Entry::part);

  Answer answer(StoreView view, TransactionId any, Request request, Instant now) {
    String sort = request.parameter("sort").orElse(ASCENDING);
    if (!sort.equals(ASCENDING) && !sort.equals(DESCENDING)) {
      throw new ApiFailure(ApiError.INVALID_SORT);
    }
    Position from =
        request
            .parameter("revision")
            .map(Position::decode)
            .orElseGet(() -> new Position(sort, sort.equals(ASCENDING) ? -1 : Long.MAX_VALUE, 0));
    if (!from.sort().equals(sort)) {
      throw new ApiFailure(ApiError.INVALID_REQUEST_REVISION);
    }
    List<Entry> left = entries(view.ofCustomer(any), request, from);
    List<Entry> page = left.subList(0, Math.min(PAGE, left.size()));
    Position to = page.isEmpty() ? from : Position.of(sort, page.getLast());
    return Answer.json(
        200,
        JsonWriter.object(root -> {
          Statuses.writeApp(root, documents);
          root.text("revision", to.encoded())
              .bool("hasMore", page.size() < left.size())
              .texts("signedTransactions", page.stream().map(one -> signed(one, now)).toList());
        }));
  }

  private String signed(Entry entry, Instant now) {
    return documents.transaction(entry.purchase(), entry.cycle(), entry.id(), now);
  }

  private static List<Entry> entries(List<Subscription> purchases, Request request, Position from) {
    boolean ascending = from.sort().equals(ASCENDING);
    Predicate<Entry> isLeft =
        entry -> {
          int compared = Long.compare(entry.cycle().revision(), from.revision());
          int order = compared == 0 ? Integer.compare(entry.part(), from.part()) : compared;
          return ascending ? order > 0 : order < 0;
        };
    return all(purchases).stream()
        .filter(isLeft)
        .filter(entry -> fits(entry, request))
        .sorted(ascending ? ORDER : ORDER.reversed())
        .toList();
  }

  private static List<Entry> all(List<Subscription> purchases) {
    List<Entry> all = new ArrayList<>();
    for (Subscription purchase : purchases) {
      for (Cycle cycle : purchase.cycles()) {
        for (int part = 0; part < cycle.ids().all().size(); part++) {
          all.add(new Entry(purchase, cycle, part));
        }
      }
    }
    return all;
  }

  private static boolean fits(Entry entry, Request request) {
    long bought = entry.cycle().start().toEpochMilli();
    boolean revoked = entry.cycle().revocation() != null;
    return bought >= millis(request, "startDate", Long.MIN_VALUE, ApiError.INVALID_START_DATE)
        && bought < millis(request, "endDate", Long.MAX_VALUE, ApiError.INVALID_END_DATE)
        && request
            .parameter("productId")
            .map(entry.cycle().sale().product().id().value()::equals)
            .orElse(true)
        && request
            .parameter("revoked")
            .map(wanted -> wanted.equals(Boolean.toString(revoked)))
            .orElse(true);
  }

  private static long millis(Request request, String name, long absent, ApiError error) {
    String text = request.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    if (!text.matches("[0-9]{1,15}")) {
      throw new ApiFailure(error);
    }
    return Long.parseLong(text);
  }

  /// Get Refund History: what was refunded, 20 a page.
  Answer refunds(StoreView view, TransactionId any, Request request, Instant now) {
    Position from =
        request
            .parameter("revision")
            .map(Position::decode)
            .orElseGet(() -> new Position(ASCENDING, -1, 0));
    List<Entry> left =
        entries(view.ofCustomer(any), request, from).stream()
            .filter(entry -> entry.cycle().revocation() != null)
            .toList();
    List<Entry> page = left.subList(0, Math.min(PAGE, left.size()));
    Position to = page.isEmpty() ? from : Position.of(ASCENDING, page.getLast());
    return Answer.json(
        200,
        JsonWriter.object(root ->
            root.text("revision", to.encoded())
                .bool("hasMore", page.size() < left.size())
                .texts("signedTransactions", page.stream().map(one -> signed(one, now)).toList())));
  }
}
