package org.sessionpro.simulator.apple.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.pki.Issuing.Term;

/// The certificates of one simulated App Store: a root, an intermediate, and the leaf that signs, which
/// can be rotated (`app-store.md` §9.1). Safe for any number of threads.
///
/// All are valid from two years ago until 30 years from now, by the system's clock, so that whatever
/// the simulated time is, it lies within (`decisions-stores.md` §7).
public final class Pki {
  private static final String ROOT_NAME = "Simulated Root";
  private static final String ROOT_FILE = "root.pem";
  private static final String ROOT_KEY_FILE = "root-key.pem";
  private static final int YEARS_BACK = 2;
  private static final int YEARS_AHEAD = 30;

  private final Identity root;
  private final Issuing issuing;
  private final Term term;
  private final Map<Chain, Signer> signers = new EnumMap<>(Chain.class);
  private final Set<BigInteger> revoked = new HashSet<>();

  /// Made when they are needed first, for only then it is certain where the responder is.
  private @Nullable Signing signing;

  private @Nullable Signer former;

  /// What signs now.
  private record Signing(Identity intermediate, Identity leaf) {}

  private Pki(Identity root, Issuing issuing, Term term) {
    this.root = root;
    this.issuing = issuing;
    this.term = term;
  }

  private synchronized Signing signing() {
    if (signing == null) {
      Identity intermediate = issuing.intermediate(root);
      signing = new Signing(intermediate, issuing.leaf(intermediate, term, true));
    }
    return signing;
  }

  /// New certificates, which nobody trusts yet.
  ///
  /// @param responder where clients may ask whether they stand; asked when something is signed first
  public static Pki generate(InstantSource system, Supplier<URI> responder) {
    Term term = term(system);
    Issuing issuing = new Issuing(term, responder);
    return new Pki(issuing.root(ROOT_NAME), issuing, term);
  }

  /// The root that is kept in a folder, which is made there if it is absent, and new certificates
  /// below it. Whoever trusts the root goes on trusting what is signed after a restart.
  ///
  /// @throws UncheckedIOException if it cannot be read or written
  public static Pki open(Path folder, InstantSource system, Supplier<URI> responder) {
    Term term = term(system);
    Issuing issuing = new Issuing(term, responder);
    try {
      Path certificate = folder.resolve(ROOT_FILE);
      if (Files.notExists(certificate)) {
        write(folder, issuing.root(ROOT_NAME));
      }
      return new Pki(read(folder), issuing, term);
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot keep certificates in " + folder, unusable);
    }
  }

  private static Term term(InstantSource system) {
    Instant now = system.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Term(
        now.atOffset(ZoneOffset.UTC).minusYears(YEARS_BACK).toInstant(),
        now.atOffset(ZoneOffset.UTC).plusYears(YEARS_AHEAD).toInstant());
  }

  private static void write(Path folder, Identity root) throws IOException {
    Files.createDirectories(folder);
    Path key = folder.resolve(ROOT_KEY_FILE);
    Files.deleteIfExists(key);
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, Pem.write("PRIVATE KEY", root.key().getEncoded()));
    Files.writeString(folder.resolve(ROOT_FILE), pem(root.certificate()));
  }

  private static Identity read(Path folder) throws IOException {
    byte[] certificate = Pem.read(Files.readString(folder.resolve(ROOT_FILE)));
    byte[] key = Pem.read(Files.readString(folder.resolve(ROOT_KEY_FILE)));
    try {
      return new Identity(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate)),
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
    } catch (GeneralSecurityException malformed) {
      throw new IOException("it holds no root with its key", malformed);
    }
  }

  /// The certificate that a server must trust.
  public X509Certificate root() {
    return root.certificate();
  }

  /// The certificate that a server must trust, as text.
  public String rootPem() {
    return pem(root.certificate());
  }

  private static String pem(X509Certificate certificate) {
    try {
      return Pem.write("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException impossible) {
      throw new IllegalStateException("a certificate has no encoding", impossible);
    }
  }

  /// What signs with `chain` now.
  public synchronized Signer signer(Chain chain) {
    return signers.computeIfAbsent(chain, this::make);
  }

  /// What signed before the leaf was rotated the last time; what signs now if it never was.
  public synchronized Signer formerSigner() {
    return former == null ? signer(Chain.GENUINE) : former;
  }

  private Signer make(Chain chain) {
    return switch (chain) {
      case GENUINE -> signer(signing().leaf(), root);
      case OTHER_ROOT -> {
        Identity other = issuing.root(ROOT_NAME);
        Identity below = issuing.intermediate(other);
        Identity end = issuing.leaf(below, term, true);
        yield new Signer(
            end.key(), List.of(end.certificate(), below.certificate(), other.certificate()));
      }
      case EXPIRED_LEAF -> {
        Term past = new Term(term.from(), term.from().plus(Duration.ofDays(1)));
        yield signer(issuing.leaf(intermediate(), past, true), root);
      }
      case UNMARKED_LEAF -> signer(issuing.leaf(intermediate(), term, false), root);
      case TWO_CERTIFICATES -> signer(signing().leaf(), null);
    };
  }

  private Signer signer(Identity end, @Nullable Identity top) {
    return new Signer(
        end.key(),
        top == null
            ? List.of(end.certificate(), intermediate().certificate())
            : List.of(end.certificate(), intermediate().certificate(), top.certificate()));
  }

  /// A new leaf signs from now on; what the former one signed stays valid.
  public synchronized void rotateLeaf() {
    former = signer(Chain.GENUINE);
    signers.remove(Chain.GENUINE);
    signers.remove(Chain.TWO_CERTIFICATES);
    signing = new Signing(intermediate(), issuing.leaf(intermediate(), term, true));
  }

  /// The responder says from now on that the present leaf is revoked; what is signed with it goes on
  /// being signed with it.
  public synchronized void revokeLeaf() {
    revoked.add(signing().leaf().certificate().getSerialNumber());
  }

  /// Nothing is revoked any more.
  public synchronized void reinstateAll() {
    revoked.clear();
  }

  synchronized boolean isRevoked(BigInteger serial) {
    return revoked.contains(serial);
  }

  Identity rootIdentity() {
    return root;
  }

  Identity intermediate() {
    return signing().intermediate();
  }

  Term term() {
    return term;
  }
}
