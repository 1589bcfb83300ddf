package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Statements.Address;
import org.sessionpro.protocol.BadRequest;

/// Reads what Apple signed (`app-store.md` §1.2): whether the certificates may sign for Apple is judged by
/// Apple's library, the signature by the platform ([Signatures]), and what is said by [Statements]. Safe
/// for any number of threads. Signatures are looked at on half of the processors at most: anybody can send something that
/// looks like one, and a flood of them must leave clients the other half.
///
/// The chain is judged as of the instant that the statement itself names. What the statement says is not
/// left to the library's models, so that a member of an unexpected form loses nothing else: an account token that
/// is none counts as absent, and with it only whose purchase it is.
public final class AppleSignedData implements SignedData {
  /// Longest text that is looked at; real ones have some 19 000 characters.
  public static final int MAX_LENGTH = 262_144;

  private final AppleSettings.App app;
  private final Signatures signatures;
  private final InstantSource clock;
  private final @Nullable CertificateStanding standing;
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /// @param clock by which certificates are asked about, and what names no instant is judged
  public AppleSignedData(AppleSettings settings, RootCertificates roots, InstantSource clock) {
    this.app = settings.app();
    this.signatures = new Signatures(roots.verifier(), Signatures.MOST_CHAINS);
    this.clock = clock;
    this.standing =
        settings.trust().onlineChecks()
            ? new CertificateStanding(roots, clock, CertificateStanding.Patience.STANDARD)
            : null;
  }

  @Override
  public Verified<Notification> notification(SignedText signed) {
    return read(
        signed,
        json -> {
          Address address = Statements.address(json);
          boolean ours = isOurs(address.bundle()) && isOurs(address.app());
          return verdict(ours, address.environment(), json, Statements::notification);
        });
  }

  @Override
  public Verified<TransactionInfo> transaction(SignedText signed) {
    return read(
        signed,
        json ->
            verdict(
                isOurs(json.text("bundleId").orElse(null)),
                json.text("environment").orElse(null),
                json,
                Statements::transaction));
  }

  @Override
  public Verified<RenewalInfo> renewal(SignedText signed) {
    return read(
        signed,
        json -> verdict(true, json.text("environment").orElse(null), json, Statements::renewal));
  }

  @Override
  public Chain chain(SignedText signed) {
    if (standing == null) {
      return Chain.GOOD;
    }
    return Jws.of(signed).flatMap(Jws::chain).map(standing::of).orElse(Chain.UNDETERMINED);
  }

  private <T> Verified<T> read(SignedText signed, Function<SignedJson, Verified<T>> judge) {
    if (signed.value().length() > MAX_LENGTH) {
      return new Verified.Rejected<>(Problem.SIGNATURE);
    }
    turns.acquireUninterruptibly();
    try {
      return Jws.of(signed)
          .map(jws -> read(jws, judge))
          .orElseGet(() -> new Verified.Rejected<>(Problem.SIGNATURE));
    } finally {
      turns.release();
    }
  }

  private <T> Verified<T> read(Jws signed, Function<SignedJson, Verified<T>> judge) {
    Optional<SignedJson> json = json(signed);
    Instant at =
        json.flatMap(it -> Optional.ofNullable(it.instant("signedDate"))).orElseGet(clock::instant);
    if (!signatures.hold(signed, at)) {
      return new Verified.Rejected<>(Problem.SIGNATURE);
    }
    try {
      return json.map(judge).orElseGet(() -> new Verified.Rejected<>(Problem.CONTENT));
    } catch (BadRequest | IllegalArgumentException lacking) {
      return new Verified.Rejected<>(Problem.CONTENT);
    }
  }

  private static Optional<SignedJson> json(Jws signed) {
    try {
      return Optional.of(SignedJson.parse(signed.payload().toByteArray()));
    } catch (BadRequest malformed) {
      return Optional.empty();
    }
  }

  /// @param environment Apple's word; null if that is not stated
  private <T> Verified<T> verdict(
      boolean ours,
      @Nullable String environment,
      SignedJson json,
      Function<SignedJson, T> statement) {
    if (!ours) {
      return new Verified.Rejected<>(Problem.APPLICATION);
    }
    if (!app.environment().text().equals(environment)) {
      return new Verified.Rejected<>(Problem.ENVIRONMENT);
    }
    return new Verified.Genuine<>(statement.apply(json));
  }

  private boolean isOurs(@Nullable String bundle) {
    return app.bundle().value().equals(bundle);
  }

  /// Stated for certain in production only.
  private boolean isOurs(@Nullable Long stated) {
    return switch (app.environment()) {
      case PRODUCTION -> Objects.equals(app.id(), stated);
      case SANDBOX -> true;
    };
  }
}
