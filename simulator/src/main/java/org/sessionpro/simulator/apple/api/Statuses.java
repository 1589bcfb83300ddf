package org.sessionpro.simulator.apple.api;

import java.time.Instant;
import java.util.List;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.document.Environment;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// Get All Subscription Statuses: of each subscription the newest transaction, its state of renewal and
/// a number for how it stands.
final class Statuses {
  private final Documents documents;

  Statuses(Documents documents) {
    this.documents = documents;
  }

  Answer answer(StoreView view, TransactionId any, Request request, Instant now) {
    String status = request.parameter("status").orElse("");
    if (!status.isEmpty() && !status.matches("[1-5]")) {
      throw new ApiFailure(ApiError.INVALID_STATUS);
    }
    List<Subscription> shown =
        view.ofCustomer(any).stream()
            .filter(Subscription::renews)
            .filter(one -> status.isEmpty() || status.equals("" + one.phase().status()))
            .toList();
    return Answer.json(
        200,
        JsonWriter.object(root -> {
          writeApp(root, documents);
          root.objects(
              "data",
              shown.isEmpty() ? List.of() : List.of(shown),
              (group, subscriptions) ->
                  group
                      .text("subscriptionGroupIdentifier", documents.catalogue().group())
                      .objects(
                          "lastTransactions", subscriptions, (last, one) -> write(last, one, now)));
        }));
  }

  private void write(JsonWriter last, Subscription one, Instant now) {
    last.text("originalTransactionId", one.original().value())
        .integer("status", one.phase().status())
        .text(
            "signedTransactionInfo",
            documents.transaction(one, one.newest(), one.newest().ids().told(), now))
        .text("signedRenewalInfo", documents.renewal(one, now));
  }

  /// What every answer about purchases begins with.
  static void writeApp(JsonWriter root, Documents documents) {
    root.text("environment", documents.environment().word())
        .text("bundleId", documents.catalogue().bundle().value());
    if (documents.environment() == Environment.PRODUCTION) {
      root.integer("appAppleId", documents.catalogue().appId());
    }
  }
}
