package org.sessionpro.backend.http.onion;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.SealedOnion;

/// Both ends of an onion path.
final class Onions {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AgreementKey KEY = CRYPTO.freshAgreementKey(RANDOM);
  private static final OnionClient CLIENT = new OnionClient(CRYPTO, KEY.publicKey(), RANDOM);

  private Onions() {}

  /// A server of those routes, which are reachable through onions too.
  static TestServer serve(HttpLimits limits, Route... routes) {
    RouteTable clients = RouteTable.of(List.of(routes));
    OnionServer opener = new OnionServer(CRYPTO, KEY, List.of(), RANDOM);
    Route onion = OnionRoute.to(clients, opener, limits.bodies().onion(), inner -> {});
    return TestServer.start(clients.with(onion), limits);
  }

  /// An onion with a request of that many bytes.
  static SealedOnion post(String path, int bodySize) {
    return request("POST", path, new byte[bodySize]);
  }

  static SealedOnion get(String path) {
    return request("GET", path, new byte[0]);
  }

  private static SealedOnion request(String method, String path, byte[] body) {
    return CLIENT.seal(
        new OnionRequest(method, path, Optional.empty(), Map.of(), ByteString.of(body)),
        Aead.AES_256_GCM);
  }

  /// The bytes of the HTTP request that brings the onion.
  static byte[] wire(SealedOnion onion) {
    byte[] body = onion.outerBody();
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
            .formatted(OnionRoute.PATH, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] wire = new byte[head.length + body.length];
    System.arraycopy(head, 0, wire, 0, head.length);
    System.arraycopy(body, 0, wire, head.length, body.length);
    return wire;
  }

  /// What the client makes of the answer to its onion.
  static OnionReply open(SealedOnion onion, RawClient.Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("the onion was answered " + answer.status());
    }
    return onion.open(answer.body().toByteArray());
  }
}
