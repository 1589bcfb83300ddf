package org.sessionpro.simulator.apple.pki;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// The responder that says whether certificates still stand (RFC 6960). It signs with the key of
/// whoever issued what it is asked about. Its answers hold as long as the certificates do, so they fit
/// any simulated time.
public final class Ocsp {
  private final Pki pki;

  public Ocsp(Pki pki) {
    this.pki = pki;
  }

  /// Answers a request, both as DER.
  ///
  /// @throws IllegalArgumentException if it is no request about certificates of this store
  public byte[] answer(byte[] request) {
    try {
      OCSPReq asked = new OCSPReq(request);
      DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
      Identity issuer = issuer(asked, digests);
      BasicOCSPRespBuilder builder =
          new BasicOCSPRespBuilder(
              new RespID(
                  X500Name.getInstance(
                      issuer.certificate().getSubjectX500Principal().getEncoded())));
      Extension nonce = asked.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
      if (nonce != null) {
        builder.setResponseExtensions(new Extensions(nonce));
      }
      Date from = Date.from(pki.term().from());
      Date until = Date.from(pki.term().until());
      for (Req one : asked.getRequestList()) {
        builder.addResponse(one.getCertID(), status(one.getCertID(), from), from, until);
      }
      return new OCSPRespBuilder()
          .build(
              OCSPRespBuilder.SUCCESSFUL,
              builder.build(
                  new JcaContentSignerBuilder("SHA384withECDSA").build(issuer.key()),
                  new X509CertificateHolder[0],
                  from))
          .getEncoded();
    } catch (IOException malformed) {
      throw new IllegalArgumentException("no request about certificates", malformed);
    } catch (OCSPException | OperatorCreationException | CertificateEncodingException failed) {
      throw new IllegalStateException("the responder cannot answer", failed);
    }
  }

  private CertificateStatus status(CertificateID id, Date since) {
    return pki.isRevoked(id.getSerialNumber())
        ? new RevokedStatus(since, CRLReason.keyCompromise)
        : CertificateStatus.GOOD;
  }

  private Identity issuer(OCSPReq asked, DigestCalculatorProvider digests)
      throws OCSPException, CertificateEncodingException {
    if (asked.getRequestList().length == 0) {
      throw new IllegalArgumentException("nothing is asked");
    }
    CertificateID id = asked.getRequestList()[0].getCertID();
    for (Identity candidate : List.of(pki.intermediate(), pki.rootIdentity())) {
      if (id.matchesIssuer(new JcaX509CertificateHolder(candidate.certificate()), digests)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("nobody here issued that");
  }
}
