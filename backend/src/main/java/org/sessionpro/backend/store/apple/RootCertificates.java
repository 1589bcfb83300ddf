package org.sessionpro.backend.store.apple;

import com.apple.itunes.storekit.verification.ChainVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.protocol.ByteString;

/// The certificates that everything Apple signs rests on, read once when the server starts
/// (`app-store.md` §1.2, §8).
///
/// @param all at least one
public record RootCertificates(List<Root> all) {
  /// Apple's own, by the SHA-256 of their DER form. All that was ever seen rests on the last one.
  private static final Map<String, String> APPLE =
      Map.of(
          "b0b1730ecbc7ff4505142c49f1295e6eda6bcaed7e2c68c5be91b5a11001f024",
          "Apple Root CA",
          "c2b9b042dd57830e7d117dac55ac8ae19407d38e41d88f3215bc3a890444a050",
          "Apple Root CA - G2",
          "63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179",
          "Apple Root CA - G3");

  private static final String VENDORED = "AppleRootCA-G3.cer";
  private static final int MAX_FILE = 65_536;

  public RootCertificates {
    all = List.copyOf(all);
  }

  /// One of them.
  ///
  /// @param der its DER form
  /// @param fingerprint SHA-256 of that, in lower-case hex
  public record Root(ByteString der, String fingerprint) {
    static Root of(Certificate certificate) throws GeneralSecurityException {
      byte[] der = certificate.getEncoded();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
      return new Root(ByteString.of(der), HexFormat.of().formatHex(digest));
    }

    /// Whether Apple's it is.
    public boolean isApples() {
      return APPLE.containsKey(fingerprint);
    }

    /// What it is called.
    public String name() {
      return APPLE.getOrDefault(fingerprint, "not Apple's");
    }
  }

  /// The one that comes with the program, because nothing of Apple's is believed without it, and those
  /// that the operator names. Where others than Apple's are allowed only those that are named count.
  ///
  /// @throws ConfigurationError if a file cannot be used, or holds another certificate than Apple's
  ///     where that is not allowed
  public static RootCertificates of(AppleSettings settings) {
    AppleSettings.Trust trust = settings.trust();
    return of(
        trust.roots().stream().flatMap(root -> read(root, trust.customRoots()).stream()).toList(),
        trust.customRoots());
  }

  /// As above, with those that were read.
  static RootCertificates of(List<Root> named, boolean anyRoot) {
    return anyRoot && !named.isEmpty()
        ? new RootCertificates(named)
        : new RootCertificates(
            Stream.concat(Stream.of(vendored()), named.stream()).distinct().toList());
  }

  /// Apple's own judge of chains, who trusts these.
  ChainVerifier verifier() {
    return new ChainVerifier(
        all.stream()
            .map(root -> new ByteArrayInputStream(root.der().toByteArray()))
            .collect(Collectors.toSet()));
  }

  /// Apple Root CA - G3.
  static Root vendored() {
    try (InputStream in =
        Objects.requireNonNull(RootCertificates.class.getResourceAsStream(VENDORED))) {
      return Root.of(factory().generateCertificate(in));
    } catch (IOException | GeneralSecurityException broken) {
      throw new IllegalStateException("the program is not whole", broken);
    }
  }

  private static List<Root> read(AppleSettings.Root named, boolean anyRoot) {
    List<Root> roots;
    try {
      if (Files.size(named.file()) > MAX_FILE) {
        throw refused(named.setting(), "names a file that is too long");
      }
      Collection<? extends Certificate> certificates =
          factory()
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(named.file())));
      roots = certificates.stream().map(RootCertificates::root).toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw refused(named.setting(), "names one that cannot be read");
    } catch (CertificateException | IllegalArgumentException malformed) {
      throw refused(named.setting(), "names one that holds something else");
    }
    if (roots.isEmpty()) {
      throw refused(named.setting(), "names one that holds none");
    }
    if (!anyRoot && !roots.stream().allMatch(Root::isApples)) {
      throw refused(
          named.setting(),
          "names one with a root that is not Apple's: those count in development mode only, with "
              + Setting.APPLE_ALLOW_CUSTOM_ROOTS.variable());
    }
    return roots;
  }

  private static Root root(Certificate certificate) {
    try {
      return Root.of(certificate);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException(unusable);
    }
  }

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ConfigurationError refused(Setting setting, String why) {
    return ConfigurationError.of(setting, "must name files with certificates, and " + why);
  }
}
