package org.sessionpro.bench;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.bench.load.CryptoFloor;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.LoadResult;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Workload;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// Takes the measurements: a load and the floor below it, one after the other.
final class Meter {
  private final InstantSource clock;
  private final Crypto crypto = Crypto.selfTested();
  private final SecureRandom random = new SecureRandom();

  Meter(InstantSource clock) {
    this.clock = clock;
  }

  Crypto crypto() {
    return crypto;
  }

  InstantSource clock() {
    return clock;
  }

  /// That many customers with new keys.
  List<Customer> newCustomers(int count) {
    return customers(Stream.generate(() -> Seed.random(random)).limit(count));
  }

  /// The customers whose master keys have those seeds.
  List<Customer> customers(Stream<Seed> seeds) {
    return seeds.map(seed -> Customer.of(seed, crypto, random)).toList();
  }

  /// Customers of a population who can do `operation`, spread over all of it.
  ///
  /// @param count fewer if the population has fewer; none if the operation is not of accounts
  List<Customer> customers(Population population, Operation operation, int count) {
    IntStream indices =
        switch (operation) {
          case PROOF -> population.sampleProvable(count);
          case STATUS, DETAILS -> population.sample(count);
          case REVOCATIONS, POLL, ADD -> IntStream.empty();
        };
    return customers(indices.mapToObj(population::masterSeed));
  }

  /// Measures the floor of a workload, then the workload.
  LoadReport measure(Workload workload, LoadPlan plan, Load.Parties parties)
      throws InterruptedException {
    double floor = CryptoFloor.micros(workload, crypto);
    LoadResult result = new Load(workload, parties, crypto, clock).run(plan);
    return new LoadReport(workload, plan, result, floor, libraries());
  }

  private List<String> libraries() {
    return crypto.choices().stream()
        .map(choice -> choice.algorithm() + " by " + choice.library())
        .toList();
  }
}
