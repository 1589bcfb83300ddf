package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Terminals;
import org.sessionpro.backend.ledger.AuditCount;
import org.sessionpro.backend.ledger.AuditScope;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;

class DiagnosisTest {
  private static final ShownIds HIDDEN = new ShownIds(_ -> "?", _ -> "?", _ -> "?", _ -> "?");
  private static final Finding FINDING =
      new Finding(Category.TICKET, new Subject.OfLedger(), "ticket", "1", "2");

  private static AuditCount accounts(long count) {
    return new AuditCount(count, 0, 0, 3 * count);
  }

  /// Errors go to a terminal, results to a file.
  private static CapturedShell watched() {
    return new CapturedShell(
        Map.of(),
        new Terminals() {
          @Override
          public boolean showsResults() {
            return false;
          }

          @Override
          public boolean showsErrors() {
            return true;
          }
        });
  }

  @Test
  void aPersonSeesThatTheCheckGoesOn() {
    CapturedShell shell = watched();
    Diagnosis diagnosis = new Diagnosis(HIDDEN, shell.shell());

    diagnosis.progress(accounts(900));
    diagnosis.progress(accounts(1_000));
    diagnosis.progress(accounts(1_900));
    diagnosis.found(FINDING);
    diagnosis.progress(accounts(2_000));
    diagnosis.finish();

    assertThat(shell.err())
        .isEqualTo(
            "\r1000 accounts, 3000 facts, 0 findings\r2000 accounts, 6000 facts, 1 findings"
                + "\r                                     \r");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aPersonSeesHowMuchIsDone() {
    CapturedShell shell = watched();
    Diagnosis diagnosis = new Diagnosis(HIDDEN, shell.shell());

    diagnosis.expect(() -> 2_000);
    diagnosis.progress(accounts(1_000));

    assertThat(shell.err())
        .isEqualTo(
            "\r[###############...............]  50 %  1000 accounts, 3000 facts, 0 findings");
  }

  @Test
  void whatIsKeptHasNoSignsOfLife() {
    CapturedShell shell = new CapturedShell(Map.of());
    Diagnosis diagnosis = new Diagnosis(HIDDEN, shell.shell());

    diagnosis.progress(accounts(5_000));
    diagnosis.finish();

    assertThat(shell.err()).isEmpty();
  }

  @Test
  void moreThanAThousandFindingsAreCountedOnly() {
    CapturedShell shell = new CapturedShell(Map.of());
    Diagnosis diagnosis = new Diagnosis(HIDDEN, shell.shell());
    for (int i = 0; i < 1_500; i++) {
      diagnosis.found(FINDING);
    }

    shell.shell().print(diagnosis.report(new AuditScope.All(), accounts(1)), new OutputOptions());

    assertThat(diagnosis.total()).isEqualTo(1_500);
    assertThat(shell.out()).contains("Findings total     1500").contains("Findings: 1000\n");
  }
}
