package org.sessionpro.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.bench.fill.Filler;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro bench fill`: fills a database with accounts.
@Command(
    name = "fill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Fills a database with accounts as they are on a real service.",
    footer = {
      "",
      "Subscriptions of both stores that run, were cancelled, have ended or were refunded, and",
      "vouchers, with up to two years of past. A server may be running on the database. The same",
      "seed makes the same keys; `pro bench load --filled SEED:N` signs for them. What gets a",
      "proof does so for a week."
    })
final class FillCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final InstantSource clock;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder of the ledger, as of 'pro serve --dev' (default: data/dev). What is made up has no",
        "place beside real purchases, so neither the folder of 'pro serve' nor the environment is",
        "looked at."
      })
  private @Nullable String data;

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = {
        "The ledger: sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "(default: pro.db in the data folder)."
      })
  private @Nullable String database;

  @Mixin private FillOptions options = new FillOptions();

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  FillCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Population population = options.population(clock.instant().getEpochSecond());
    Filler filler = new Filler(ledger(), population, Crypto.selfTested(), clock.instant());
    long start = System.nanoTime();
    filler.fill(new Progress(System.err, population.size()));
    Duration filling = Duration.ofNanos(System.nanoTime() - start);
    filler.revoke(options.revoked());
    print(population, filling);
    return 0;
  }

  private DatabaseUrl ledger() {
    if (database != null) {
      return DatabaseOption.parse("--db", database);
    }
    Map<Setting, @Nullable String> development = new EnumMap<>(Setting.class);
    development.put(Setting.DEV, "1");
    development.put(Setting.DATA_DIR, data);
    return SettingsReader.read(List.of(SettingSource.commandLine(development)))
        .storage()
        .database();
  }

  private void print(Population population, Duration filling) {
    double perSecond = Progress.perSecond(population.size(), filling);
    if (json) {
      out.println(
          JsonLine.of(writer ->
              writer
                  .text("filled", population.toString())
                  .integer("accounts", population.size())
                  .integer("revoked", options.revoked())
                  .number("accounts_per_second", String.format(Locale.ROOT, "%.0f", perSecond))));
    } else {
      out.printf(
          Locale.ROOT,
          "%,d accounts, %,.0f/s; %,d revocations%nto ask for them: --filled %s%n",
          population.size(),
          perSecond,
          options.revoked(),
          population);
    }
    out.flush();
  }
}
