package org.sessionpro.simulator.apple.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes the certificates of the three ranks.
final class Issuing {
  /// Marks a leaf that signs receipts (`app-store.md` §1.2).
  static final ASN1ObjectIdentifier LEAF_MARK =
      new ASN1ObjectIdentifier("1.2.840.113635.100.6.11.1");

  /// Marks an intermediate of Worldwide Developer Relations (`app-store.md` §1.2).
  static final ASN1ObjectIdentifier INTERMEDIATE_MARK =
      new ASN1ObjectIdentifier("1.2.840.113635.100.6.2.1");

  private static final String ROOT_CURVE = "secp384r1";
  private static final String LEAF_CURVE = "secp256r1";
  private static final int SERIAL_BITS = 64;

  private final Term term;
  private final Supplier<URI> responder;
  private final SecureRandom random = new SecureRandom();

  /// When certificates are valid.
  record Term(Instant from, Instant until) {}

  /// @param responder where clients may ask whether a certificate stands
  Issuing(Term term, Supplier<URI> responder) {
    this.term = term;
    this.responder = responder;
  }

  Identity root(String name) {
    KeyPair keys = keys(ROOT_CURVE);
    X500Name own = name(name);
    return issue(
        own,
        own,
        keys,
        new Authority(
            keys.getPrivate(),
            term,
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            }));
  }

  Identity intermediate(Identity root) {
    KeyPair keys = keys(ROOT_CURVE);
    X500Name issuer = subject(root);
    X500Name own = name("Simulated Worldwide Developer Relations");
    return issue(
        issuer,
        own,
        keys,
        new Authority(
            root.key(),
            term,
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
              builder.addExtension(INTERMEDIATE_MARK, false, DERNull.INSTANCE);
              nameResponder(builder);
            }));
  }

  /// @param validity of this one alone
  /// @param marked whether it bears the mark of a leaf that signs receipts
  Identity leaf(Identity intermediate, Term validity, boolean marked) {
    KeyPair keys = keys(LEAF_CURVE);
    X500Name issuer = subject(intermediate);
    X500Name own = name("Simulated Receipt Signing");
    return issue(
        issuer,
        own,
        keys,
        new Authority(
            intermediate.key(),
            validity,
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
              if (marked) {
                builder.addExtension(LEAF_MARK, false, DERNull.INSTANCE);
              }
              nameResponder(builder);
            }));
  }

  private void nameResponder(X509v3CertificateBuilder builder) throws IOException {
    GeneralName where =
        new GeneralName(GeneralName.uniformResourceIdentifier, responder.get().toString());
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, where));
  }

  /// Who signs a certificate, for how long, and what else stands in it.
  private record Authority(PrivateKey key, Term validity, Extensions extensions) {}

  private interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws IOException;
  }

  private Identity issue(X500Name issuer, X500Name subject, KeyPair keys, Authority authority) {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(authority.validity().from()),
            Date.from(authority.validity().until()),
            subject,
            keys.getPublic());
    try {
      authority.extensions().addTo(builder);
      return new Identity(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA384withECDSA").build(authority.key()))),
          keys.getPrivate());
    } catch (IOException | OperatorCreationException | GeneralSecurityException failed) {
      throw new IssuingFailure(failed);
    }
  }

  private static X500Name name(String commonName) {
    return new X500Name("CN=" + commonName + ",O=Simulated Store,C=NZ");
  }

  private static X500Name subject(Identity identity) {
    return X500Name.getInstance(identity.certificate().getSubjectX500Principal().getEncoded());
  }

  private KeyPair keys(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IssuingFailure(impossible);
    }
  }

  /// The platform lacks what certificates need.
  static final class IssuingFailure extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    IssuingFailure(Exception cause) {
      super("certificates cannot be made here", cause);
    }
  }
}
