package org.sessionpro.backend.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/reports.md` explains the columns that there are, in their order.
class DocumentedColumnsTest {
  @Test
  void theTableOfColumnsIsComplete() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "reports.md")).stream()
            .filter(line -> line.matches("\\| [A-Z][^|]* \\| `[a-z0-9_]+` \\| .*"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Column.ALL.stream()
                .map(column ->
                    "| %s | `%s` | %s |"
                        .formatted(column.title(), column.code(), column.figure().meaning()))
                .toList());
  }
}
