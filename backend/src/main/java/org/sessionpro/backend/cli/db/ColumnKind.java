package org.sessionpro.backend.cli.db;

import java.util.Set;

/// What a number or a text of a table means, by the name of its column, or of the part of a fact that
/// is written there. A column that nobody has listed is [#OTHER], whose texts and bytes may identify
/// somebody.
enum ColumnKind {
  /// Microseconds since the epoch.
  INSTANT,
  /// A length in microseconds.
  SPAN,
  /// 0 and 1, where the engine has no booleans.
  FLAG,
  /// A word of a closed set, or a plan.
  CODE,
  /// A JSON object of parts that have kinds of their own.
  PARTS,
  OTHER;

  private static final Set<String> INSTANTS =
      Set.of("proofs_window_start", "at", "from", "until", "leased_until");
  private static final Set<String> SPANS = Set.of("length", "amount");
  private static final Set<String> FLAGS =
      Set.of(
          "auto_renewing",
          "billing_retry",
          "claimable",
          "complete",
          "expiry_stated_complete",
          "grace_stated_complete",
          "hidden",
          "inferred",
          "is_test",
          "money_kept",
          "renewal_stated",
          "renewal_stated_complete",
          "retry_stated_complete",
          "revoked_inferred",
          "unmapped");
  private static final Set<String> CODES =
      Set.of(
          "acknowledgement",
          "act",
          "error_class",
          "how",
          "kind",
          "loss",
          "name",
          "park_reason",
          "parked_by",
          "plan",
          "provider",
          "redeemed_how",
          "remark",
          "revoked_reason",
          "source",
          "state",
          "status",
          "subject",
          "topic");

  static ColumnKind of(String column) {
    if (column.endsWith("_at") || INSTANTS.contains(column)) {
      return INSTANT;
    }
    if (column.endsWith("_period") || column.startsWith("credit_") || SPANS.contains(column)) {
      return SPAN;
    }
    if (FLAGS.contains(column)) {
      return FLAG;
    }
    if (CODES.contains(column)) {
      return CODE;
    }
    return column.equals("body") ? PARTS : OTHER;
  }
}
