package org.sessionpro.simulator.apple.api;

import java.util.Arrays;
import java.util.Optional;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.http.Answer;

/// The errors of the App Store Server API, by their numbers.
enum ApiError {
  GENERAL_BAD_REQUEST(4_000_000, "Bad request."),
  INVALID_REQUEST_REVISION(4_000_005, "Invalid request revision."),
  INVALID_TRANSACTION_ID(4_000_006, "Invalid transaction id."),
  START_DATE_TOO_FAR_IN_PAST(4_000_012, "The start date is too far in the past."),
  START_DATE_AFTER_END_DATE(4_000_013, "The start date is after the end date."),
  INVALID_PAGINATION_TOKEN(4_000_014, "Invalid pagination token."),
  INVALID_START_DATE(4_000_015, "Invalid start date."),
  INVALID_END_DATE(4_000_016, "Invalid end date."),
  PAGINATION_TOKEN_EXPIRED(4_000_017, "The pagination token has expired."),
  INVALID_NOTIFICATION_TYPE(4_000_018, "Invalid notification type or subtype."),
  MULTIPLE_FILTERS_SUPPLIED(4_000_019, "Supply a transaction id or a notification type, not both."),
  INVALID_TEST_NOTIFICATION_TOKEN(4_000_020, "Invalid test notification token."),
  INVALID_SORT(4_000_021, "Invalid sort."),
  INVALID_STATUS(4_000_031, "Invalid status."),
  INVALID_APP_ACCOUNT_TOKEN(4_000_183, "The app account token is no UUID."),
  FAMILY_TRANSACTION(4_000_185, "The transaction is shared within a family."),
  TRANSACTION_NOT_ORIGINAL(4_000_187, "The transaction id is not the original one."),
  ORIGINAL_TRANSACTION_NOT_FOUND(4_040_005, "Original transaction id not found."),
  TEST_NOTIFICATION_NOT_FOUND(
      4_040_008, "Either the token is expired or the notification is not sent yet."),
  TRANSACTION_NOT_FOUND(4_040_010, "Transaction id not found."),
  NOT_FOUND(4_040_000, "Not found."),
  RATE_LIMIT_EXCEEDED(4_290_000, "Rate limit exceeded."),
  GENERAL_INTERNAL(5_000_000, "An unknown error occurred."),
  GENERAL_INTERNAL_RETRYABLE(5_000_001, "An unknown error occurred. Please try again.");

  private static final int STATUS = 10_000;

  private final long code;
  private final String message;

  ApiError(long code, String message) {
    this.code = code;
    this.message = message;
  }

  /// The error of that number.
  static Optional<ApiError> of(String code) {
    return Arrays.stream(values())
        .filter(error -> Long.toString(error.code).equals(code))
        .findFirst();
  }

  Answer answer() {
    return answer((int) (code / STATUS));
  }

  /// The same with a status that it does not have by itself.
  Answer answer(int status) {
    return Answer.json(
        status,
        JsonWriter.object(root -> root.integer("errorCode", code).text("errorMessage", message)));
  }
}
