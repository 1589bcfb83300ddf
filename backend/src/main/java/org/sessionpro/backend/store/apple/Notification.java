package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A signed App Store Server Notification whose own signature holds; what it carries is signed on its
/// own and was not looked at yet (`app-store.md` §1, §4).
///
/// @param type Apple's word, known or not
/// @param subtype Apple's word, known or not; null for none
/// @param status Apple's number of how the subscription stands; null if it is not stated
/// @param transaction a signed [TransactionInfo]; null for none
/// @param renewal a signed [RenewalInfo]; null for none
/// @param remarks what it says beside that
public record Notification(
    UUID id,
    String type,
    @Nullable String subtype,
    Instant signedAt,
    @Nullable Integer status,
    @Nullable SignedText transaction,
    @Nullable SignedText renewal,
    Remarks remarks) {
  /// Without remarks.
  public Notification(
      UUID id,
      String type,
      @Nullable String subtype,
      Instant signedAt,
      @Nullable Integer status,
      @Nullable SignedText transaction,
      @Nullable SignedText renewal) {
    this(id, type, subtype, signedAt, status, transaction, renewal, Remarks.NONE);
  }

  /// A signature with what it signs, in the compact form of JWS. Never printed.
  public record SignedText(String value) {
    @Override
    public String toString() {
      return "SignedText(hidden)";
    }
  }
}
