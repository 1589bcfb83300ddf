package org.sessionpro.backend.store.apple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.TestPki.Certified;

/// Says how certificates of a [TestPki] stand, on a port of the loopback.
final class OcspResponder implements AutoCloseable {
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);

  private final HttpServer server;
  private final Set<Integer> revoked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();
  private final CountDownLatch silence = new CountDownLatch(1);
  private volatile boolean silent;
  private @Nullable TestPki pki;

  OcspResponder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp";
  }

  /// @param of whose certificates it knows
  void knows(TestPki of) {
    pki = of;
  }

  void revoke(Certified one) {
    revoked.add(one.serial());
  }

  void beSilent(boolean now) {
    silent = now;
  }

  int questions() {
    return questions.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    questions.incrementAndGet();
    byte[] question = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getRawPath();
    if (exchange.getRequestMethod().equals("GET")) {
      String text = URLDecoder.decode(path.substring("/ocsp/".length()), StandardCharsets.UTF_8);
      question = Base64.getDecoder().decode(text);
    }
    if (silent) {
      awaitTheEnd();
      exchange.close();
      return;
    }
    try {
      byte[] body = response(question);
      exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (GeneralSecurityException broken) {
      throw new IOException(broken);
    } finally {
      exchange.close();
    }
  }

  private void awaitTheEnd() {
    try {
      silence.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] response(byte[] question) throws IOException, GeneralSecurityException {
    TestPki known = pki;
    if (known == null) {
      throw new IOException("knows nobody");
    }
    Request request =
        Request.getInstance(
            OCSPRequest.getInstance(question).getTbsRequest().getRequestList().getObjectAt(0));
    CertID id = request.getReqCert();
    int serial = id.getSerialNumber().getValue().intValueExact();
    Certified issuer =
        serial == known.intermediate().serial() ? known.root() : known.intermediate();
    ASN1GeneralizedTime now = new ASN1GeneralizedTime(Date.from(Instant.now()));
    ASN1GeneralizedTime before =
        new ASN1GeneralizedTime(Date.from(Instant.parse("2025-01-01T00:00:00Z")));
    CertStatus status =
        revoked.contains(serial) ? new CertStatus(new RevokedInfo(before, null)) : new CertStatus();
    SingleResponse single = new SingleResponse(id, status, now, null, (Extensions) null);
    ResponseData data =
        new ResponseData(
            new ResponderID(issuer.name()),
            now,
            new DERSequence(new ASN1Encodable[] {single}),
            (Extensions) null);
    byte[] signature =
        TestPki.sign(issuer.keys().getPrivate(), "SHA384withECDSA", data.getEncoded());
    BasicOCSPResponse basic =
        new BasicOCSPResponse(data, ALGORITHM, new DERBitString(signature), null);
    return new OCSPResponse(
            new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
            new ResponseBytes(
                OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic.getEncoded())))
        .getEncoded();
  }

  @Override
  public void close() {
    silence.countDown();
    server.stop(0);
  }
}
