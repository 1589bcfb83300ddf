package org.sessionpro.simulator.apple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks what the store signs as `app-store.md` §1.2 has it, with nothing but the JDK.
public final class JwsReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEAF_MARK = "1.2.840.113635.100.6.11.1";
  private static final String INTERMEDIATE_MARK = "1.2.840.113635.100.6.2.1";

  private final X509Certificate root;
  private final boolean online;

  /// @param online whether the responder is asked
  public JwsReader(X509Certificate root, boolean online) {
    this.root = root;
    this.online = online;
  }

  /// The document, if it is genuine.
  ///
  /// @throws GeneralSecurityException if it is not
  public JsonNode read(String jws) throws GeneralSecurityException {
    JsonNode header = header(jws);
    JsonNode payload = payload(jws);
    List<X509Certificate> chain = chain(header);
    require(header.path("alg").asText().equals("ES256"), "algorithm");
    require(chain.size() == 3, "length of the chain");
    require(isMarked(chain.getFirst(), LEAF_MARK), "mark of the leaf");
    require(isMarked(chain.get(1), INTERMEDIATE_MARK), "mark of the intermediate");
    validate(chain.subList(0, 2), Instant.ofEpochMilli(payload.path("signedDate").asLong()));
    require(isSigned(jws, chain.getFirst()), "signature");
    return payload;
  }

  /// The document, whoever signed it.
  public static JsonNode payload(String jws) throws GeneralSecurityException {
    return part(jws, 1);
  }

  private static JsonNode header(String jws) throws GeneralSecurityException {
    return part(jws, 0);
  }

  private static JsonNode part(String jws, int number) throws GeneralSecurityException {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[number]));
    } catch (IOException | RuntimeException malformed) {
      throw new GeneralSecurityException("no JWS", malformed);
    }
  }

  private static List<X509Certificate> chain(JsonNode header) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (JsonNode encoded : header.path("x5c")) {
      byte[] der = Base64.getDecoder().decode(encoded.asText());
      chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    return chain;
  }

  private static boolean isMarked(X509Certificate certificate, String mark) {
    @Nullable Set<String> marks = certificate.getNonCriticalExtensionOIDs();
    return marks != null && marks.contains(mark);
  }

  private void validate(List<X509Certificate> path, Instant at) throws GeneralSecurityException {
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(online);
    if (online) {
      PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
      checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
      parameters.addCertPathChecker(checker);
    } else {
      parameters.setDate(Date.from(at));
    }
    validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  private static boolean isSigned(String jws, X509Certificate leaf)
      throws GeneralSecurityException {
    int dot = jws.lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(leaf.getPublicKey());
    signature.update(jws.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(jws.substring(dot + 1)));
  }

  private static void require(boolean met, String what) throws GeneralSecurityException {
    if (!met) {
      throw new GeneralSecurityException(what);
    }
  }
}
