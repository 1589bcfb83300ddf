package org.sessionpro.bench;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.bench.load.CryptoFloor;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.LoadResult;
import org.sessionpro.bench.server.Vouchers;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// One load and its floor, from the customers to what is printed.
final class Measurement {
  private static final int OK = 0;
  private static final int ERRORS = 1;

  private final LoadOptions options;
  private final LoadPlan plan;
  private final InstantSource clock;
  private final Crypto crypto = Crypto.selfTested();
  private final SecureRandom random = new SecureRandom();

  /// A measurement of what `options` ask for.
  ///
  /// @throws IllegalArgumentException if that is no load
  Measurement(LoadOptions options, InstantSource clock) {
    this.options = options;
    this.plan = options.plan();
    this.clock = clock;
  }

  /// As many customers as the options ask for, with new keys.
  List<Customer> newCustomers() {
    return customers(Stream.generate(() -> Seed.random(random)).limit(options.accounts()));
  }

  /// The customers whose master keys have those seeds.
  List<Customer> customers(Stream<Seed> seeds) {
    return seeds.map(seed -> Customer.of(seed, crypto, random)).toList();
  }

  /// Grants every one of `customers` a year in the database of the server.
  void payFor(List<Customer> customers, DatabaseUrl ledger) {
    Vouchers.grant(ledger, customers.stream().map(Customer::masterKey).toList(), clock.instant());
  }

  /// Measures the floor, then the load, and prints both.
  ///
  /// @return the exit status: 1 if any answer was wrong or missing
  int run(Load.Parties parties, PrintWriter out) throws InterruptedException {
    double floor = CryptoFloor.micros(options.workload(), crypto);
    LoadResult result = new Load(options.workload(), parties, crypto, clock).run(plan);
    LoadReport report = new LoadReport(options.workload(), plan, result, floor, libraries());
    out.print(options.json() ? report.json() : report.text());
    out.flush();
    return result.errorCount() == 0 ? OK : ERRORS;
  }

  private List<String> libraries() {
    return crypto.choices().stream()
        .map(choice -> choice.algorithm() + " by " + choice.library())
        .toList();
  }
}
