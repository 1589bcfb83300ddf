package org.sessionpro.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pro bench start`: how soon a server answers.
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Starts a server several times and shows how soon it answers.",
    footer = {
      "",
      "From the start of the launcher `pro serve` to the first answer of /status. The first start",
      "makes a ledger and a key; it is not one of the others, which find both."
    })
final class StartCommand implements Callable<Integer> {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final PrintWriter out;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "10",
      description = "Starts after the first (default: ${DEFAULT-VALUE}).")
  private int starts;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the new folder for its data is made (default: that of temporary files).")
  private @Nullable Path parent;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  StartCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.println(report(Starts.measure(parent, starts), json));
    out.flush();
    return 0;
  }

  static String report(Starts starts, boolean json) {
    return json
        ? JsonLine.of(writer ->
            writer
                .integer("starts", starts.later().size())
                .number("new_ledger_s", seconds(starts.onNewLedger()))
                .number("shortest_s", seconds(starts.shortest()))
                .number("median_s", seconds(starts.median()))
                .number("longest_s", seconds(starts.longest())))
        : String.format(
            Locale.ROOT,
            "first answer after %s s (median of %d), %s … %s s; on a new ledger %s s",
            seconds(starts.median()),
            starts.later().size(),
            seconds(starts.shortest()),
            seconds(starts.longest()),
            seconds(starts.onNewLedger()));
  }

  private static String seconds(Duration span) {
    return String.format(Locale.ROOT, "%.3f", span.toMillis() / MILLIS_PER_SECOND);
  }
}
