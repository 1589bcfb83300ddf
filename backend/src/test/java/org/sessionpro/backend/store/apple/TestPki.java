package org.sessionpro.backend.store.apple;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.RootCertificates.Root;
import org.sessionpro.protocol.ByteString;

/// Certificates as Apple's are, of nobody's, and signatures under them.
public final class TestPki {
  static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2055-01-01T00:00:00Z");

  private static final String INTERMEDIATE_OID = "1.2.840.113635.100.6.2.1";
  private static final String LEAF_OID = "1.2.840.113635.100.6.11.1";
  private static final AtomicInteger SERIAL = new AtomicInteger();
  private static final ASN1ObjectIdentifier SHA384 = X9ObjectIdentifiers.ecdsa_with_SHA384;
  private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(SHA384);

  private final @Nullable String responder;
  private final Certified root;
  private final Certified intermediate;
  private final Certified leaf;

  /// A certificate and its key.
  record Certified(X500Name name, KeyPair keys, int serial, ByteString der) {}

  /// What a certificate is to say.
  ///
  /// @param oid that makes it one of Apple's; null for none
  /// @param authority whether it may sign others
  private record Wanted(
      String name, String curve, @Nullable String oid, boolean authority, Instant until) {}

  /// @param responder URL of whoever says how the certificates stand; null for nobody
  public TestPki(@Nullable String responder) {
    this.responder = responder;
    root = certify(new Wanted("Root", "secp384r1", null, true, UNTIL), null);
    intermediate =
        certify(new Wanted("Intermediate", "secp384r1", INTERMEDIATE_OID, true, UNTIL), root);
    leaf = leaf(LEAF_OID, UNTIL);
  }

  public static TestPki withoutResponder() {
    return new TestPki(null);
  }

  private TestPki(TestPki other, Certified intermediate, Certified leaf) {
    this.responder = other.responder;
    this.root = other.root;
    this.intermediate = intermediate;
    this.leaf = leaf;
  }

  private Certified leaf(@Nullable String oid, Instant until) {
    return certify(new Wanted("Leaf", "secp256r1", oid, false, until), intermediate);
  }

  /// The same authorities with a new certificate of their own to sign with.
  TestPki rotated() {
    return new TestPki(this, intermediate, leaf(LEAF_OID, UNTIL));
  }

  TestPki endingAt(Instant until) {
    return new TestPki(this, intermediate, leaf(LEAF_OID, until));
  }

  TestPki withoutLeafOid() {
    return new TestPki(this, intermediate, leaf(null, UNTIL));
  }

  TestPki withoutIntermediateOid() {
    Certified other = certify(new Wanted("Intermediate", "secp384r1", null, true, UNTIL), root);
    return new TestPki(
        this, other, certify(new Wanted("Leaf", "secp256r1", LEAF_OID, false, UNTIL), other));
  }

  Certified root() {
    return root;
  }

  Certified intermediate() {
    return intermediate;
  }

  Certified leaf() {
    return leaf;
  }

  /// The root as the one that is believed.
  public RootCertificates roots() {
    return new RootCertificates(List.of(new Root(root.der(), "of a test")));
  }

  /// The root as a file.
  public String rootAsPem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(root.der().toByteArray())
        + "\n-----END CERTIFICATE-----\n";
  }

  private Certified certify(Wanted wanted, @Nullable Certified issuer) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(wanted.curve()));
      KeyPair keys = generator.generateKeyPair();
      X500Name name = new X500Name("CN=" + wanted.name());
      int serial = SERIAL.incrementAndGet();
      V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
      tbs.setSerialNumber(new ASN1Integer(serial));
      tbs.setSignature(ALGORITHM);
      tbs.setIssuer(issuer == null ? name : issuer.name());
      tbs.setSubject(name);
      tbs.setStartDate(new Time(Date.from(FROM)));
      tbs.setEndDate(new Time(Date.from(wanted.until())));
      tbs.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      tbs.setExtensions(extensions(wanted).generate());
      TBSCertificate unsigned = tbs.generateTBSCertificate();
      PrivateKey signer = issuer == null ? keys.getPrivate() : issuer.keys().getPrivate();
      byte[] signature = sign(signer, "SHA384withECDSA", unsigned.getEncoded());
      byte[] der =
          new DERSequence(new ASN1Encodable[] {unsigned, ALGORITHM, new DERBitString(signature)})
              .getEncoded();
      return new Certified(name, keys, serial, ByteString.of(der));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private ExtensionsGenerator extensions(Wanted wanted) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(wanted.authority()));
    extensions.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(wanted.authority() ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
    if (wanted.oid() != null) {
      extensions.addExtension(new ASN1ObjectIdentifier(wanted.oid()), false, DERNull.INSTANCE);
    }
    if (responder != null) {
      GeneralName url = new GeneralName(GeneralName.uniformResourceIdentifier, responder);
      extensions.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(new AccessDescription(AccessDescription.id_ad_ocsp, url)));
    }
    return extensions;
  }

  static byte[] sign(PrivateKey key, String algorithm, byte[] content)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  /// Signs a payload as Apple does.
  public SignedText sign(String json) {
    return sign(json, List.of(leaf, intermediate, root));
  }

  /// @param shown the certificates in the header
  SignedText sign(String json, List<Certified> shown) {
    String chain =
        shown.stream().map(one -> "\"" + text(one) + "\"").collect(Collectors.joining(","));
    String header = "{\"alg\":\"ES256\",\"x5c\":[" + chain + "]}";
    String content = base64(header.getBytes(UTF_8)) + "." + base64(json.getBytes(UTF_8));
    try {
      byte[] signature =
          sign(leaf.keys().getPrivate(), "SHA256withECDSAinP1363Format", content.getBytes(UTF_8));
      return new SignedText(content + "." + base64(signature));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The certificates as a header shows them: whose signature it is, whose that one is, and the root.
  public List<String> chain() {
    return Stream.of(leaf, intermediate, root).map(TestPki::text).toList();
  }

  private static String text(Certified one) {
    return Base64.getEncoder().encodeToString(one.der().toByteArray());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// A number of a certificate as the asking side writes it.
  static BigInteger number(Certified one) {
    return BigInteger.valueOf(one.serial());
  }
}
