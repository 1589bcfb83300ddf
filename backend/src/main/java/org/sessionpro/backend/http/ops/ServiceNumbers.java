package org.sessionpro.backend.http.ops;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.revocation.Revocations;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.protocol.crypto.Crypto;

/// What the service is made of and what it gives to clients, as numbers.
///
/// @param version of the program
/// @param crypto what was chosen for each algorithm
public record ServiceNumbers(
    String version,
    List<Crypto.Choice> crypto,
    ProofIssuer issuer,
    Revocations revocations,
    InstantSource clock)
    implements Source {
  @Override
  public void show(Scrape scrape) {
    scrape.show(Metric.BUILD, version, Runtime.version().toString());
    for (Crypto.Choice choice : crypto) {
      scrape.show(Metric.CRYPTO, choice.algorithm(), choice.library());
    }
    scrape.show(Metric.PROOFS, issuer.v0(), "v0");
    scrape.show(Metric.PROOFS, issuer.v1(), "v1");
    Revocations.Standing list = revocations.standing();
    scrape.show(Metric.REVOCATION_ENTRIES, list.entries());
    scrape.show(Metric.REVOCATION_TICKET, list.ticket().value());
    scrape.show(Metric.REVOCATION_AGE, age(list.confirmedAt(), clock.instant()));
  }

  /// A clock that was set back makes nothing younger than it is.
  private static Duration age(Instant confirmedAt, Instant now) {
    return Duration.between(confirmedAt, now).abs();
  }
}
