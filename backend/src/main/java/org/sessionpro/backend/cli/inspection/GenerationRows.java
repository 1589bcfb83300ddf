package org.sessionpro.backend.cli.inspection;

import java.util.List;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.Explanation;

/// The table of an account's generations.
final class GenerationRows {
  private GenerationRows() {}

  static List<Report> of(Explanation explained, ShownIds ids) {
    return explained.generations().stream()
        .map(listed ->
            Report.empty()
                .number("generation", listed.generation().ordinal())
                .text("tag", ids.of(listed.generation().tag()))
                .moment("issued_ts", listed.generation().issuedAt())
                .moment("revoked_ts", listed.generation().revokedAt())
                .moment("effective_ts", listed.effective())
                .moment("unlisted_ts", listed.unlisted()))
        .toList();
  }
}
