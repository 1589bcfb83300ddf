package org.sessionpro.protocol.v1;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// A request that was not fulfilled, and why (`wire-v1.md` §6.1, §6.2).
///
/// @param status `fail` or `error`
/// @param slug the `error_code`; one of [ErrorCode] or, from a newer backend, another
/// @param text one English sentence for the developer who reads it; never holds key material
/// @param account the term of the account, present for `subscription_expired` only
public record Refusal(
    EnvelopeStatus status, String slug, String text, @Nullable AccountTerm account) {
  public Refusal {
    if (status == EnvelopeStatus.OK) {
      throw new IllegalArgumentException("a refusal is not ok");
    }
  }

  /// A refusal that carries nothing but its code.
  ///
  /// @param code any but [ErrorCode#SUBSCRIPTION_EXPIRED], which has its own factory
  public static Refusal of(ErrorCode code, String text) {
    if (code == ErrorCode.SUBSCRIPTION_EXPIRED) {
      throw new IllegalArgumentException("subscription_expired must carry the account's term");
    }
    return new Refusal(code.status(), code.slug(), text, null);
  }

  /// `invalid_request`, with the first problem found.
  public static Refusal of(BadRequest badRequest) {
    return of(ErrorCode.INVALID_REQUEST, badRequest.problems().getFirst().text());
  }

  /// `subscription_expired`, which tells how the account stands.
  public static Refusal subscriptionExpired(AccountTerm account) {
    ErrorCode code = ErrorCode.SUBSCRIPTION_EXPIRED;
    return new Refusal(code.status(), code.slug(), "the subscription has expired", account);
  }

  /// The slug as one of those this library knows.
  public Optional<ErrorCode> code() {
    return ErrorCode.ofSlug(slug);
  }

  static Refusal parse(EnvelopeStatus status, JsonObject envelope) {
    return new Refusal(
        status,
        Members.text(envelope, "error_code"),
        Members.text(envelope, "error"),
        AccountTerm.isIn(envelope) ? AccountTerm.parse(envelope) : null);
  }

  void write(JsonWriter json) {
    json.text("status", status.code()).text("error_code", slug).text("error", text);
    if (account != null) {
      account.write(json);
    }
  }
}
