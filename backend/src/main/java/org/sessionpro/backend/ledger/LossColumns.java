package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.ColumnValues;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;

/// How the losses of a payment are written in its row: the decisive revocation in columns of its
/// own, the others, which are rare, as text: `refund 1767225600000000`, one a line, with ` inferred`
/// behind what was concluded.
final class LossColumns {
  private static final Pattern OTHER =
      Pattern.compile("(?<reason>[a-z]+) (?<at>-?[0-9]+)(?<inferred> inferred)?");

  private LossColumns() {}

  static void bind(ColumnValues statement, Losses losses) {
    List<Revocation> standing = losses.standing();
    Revocation decisive = standing.isEmpty() ? null : standing.getFirst();
    statement
        .bind("revoked_at", decisive == null ? null : Micros.of(decisive.at()))
        .bind("revoked_reason", decisive == null ? null : Columns.code(decisive.reason()))
        .bind("revoked_inferred", decisive != null && decisive.inferred())
        .bind("other_revocations", others(standing))
        .bind("reinstated_at", Micros.ofNullable(losses.reinstatedAt()))
        .bind("voided_at", Micros.ofNullable(losses.voidedAt()));
  }

  private static @Nullable String others(List<Revocation> standing) {
    return standing.size() < 2
        ? null
        : standing.stream().skip(1).map(LossColumns::line).collect(Collectors.joining("\n"));
  }

  private static String line(Revocation one) {
    return Columns.code(one.reason())
        + " "
        + Micros.of(one.at())
        + (one.inferred() ? " inferred" : "");
  }

  static Losses read(ResultSet row) throws SQLException {
    List<Revocation> standing = new ArrayList<>();
    String reason = row.getString(PaymentRows.REVOKED_REASON);
    if (reason != null) {
      standing.add(
          new Revocation(
              Columns.instant(row, PaymentRows.REVOKED_AT),
              reason(reason),
              row.getBoolean(PaymentRows.REVOKED_INFERRED)));
    }
    String others = row.getString(PaymentRows.OTHER_REVOCATIONS);
    if (others != null) {
      others.lines().map(LossColumns::parse).forEach(standing::add);
    }
    return new Losses(
        standing,
        Columns.nullableInstant(row, PaymentRows.REINSTATED_AT),
        Columns.nullableInstant(row, PaymentRows.VOIDED_AT));
  }

  private static Revocation parse(String line) {
    Matcher parts = OTHER.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("a stored revocation is damaged");
    }
    return new Revocation(
        Micros.toInstant(Long.parseLong(parts.group("at"))),
        reason(parts.group("reason")),
        parts.group("inferred") != null);
  }

  private static RevokedFor reason(String code) {
    return RevokedFor.valueOf(code.toUpperCase(Locale.ROOT));
  }
}
