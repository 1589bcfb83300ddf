package org.sessionpro.backend.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.ledger.LedgerView.StoreWork;
import org.sessionpro.backend.ledger.LedgerView.Summary;
import org.sessionpro.protocol.Ticket;
import picocli.CommandLine;

class DbInfoTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00 B",
    "1023, 1023.00 B",
    "1024, 1.00 kB",
    "86016, 84.00 kB",
    "1572864, 1.50 MB",
    "1073741824, 1.00 GB",
    "1099511627776, 1.00 TB",
    "1125899906842624, 1024.00 TB",
  })
  void aSizeHasTwoDecimalsInTheLargestUnit(long bytes, String shown) {
    assertThat(DbInfo.size(bytes)).isEqualTo(shown);
  }

  private static List<String> members(Optional<Summary> summary) {
    CapturedShell shell = new CapturedShell(Map.of());
    OutputOptions options = new OutputOptions();
    new CommandLine(options).parseArgs("--json");
    SchemaState schema = new SchemaState(1, 1);
    DatabaseUrl url = new DatabaseUrl.InMemory();
    shell
        .shell()
        .print("", new DbInfo(url, 0, schema, summary, new StoreWork(6, 7, 8)).report(), options);
    return Pattern.compile("\"([a-z_]+)\":")
        .matcher(shell.out())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void programsGetTheSameMembersWithoutTables() {
    Summary summary = new Summary(1, 2, 3, 4, 5, Ticket.ZERO, Optional.empty());

    assertThat(members(Optional.empty())).isEqualTo(members(Optional.of(summary)));
  }
}
