package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

/// Makes the requests that are sent, well and badly meant ones.
final class Ammunition {
  static final String PROOF = "/generate_pro_proof";
  static final String REVOCATIONS = "/get_pro_revocations";
  static final String ONION = "/oxen/v4/lsrpc";

  /// The longest body of an onion that servers accept unless told otherwise (`onion-requests.md` §10).
  static final int ONION_CAP = 1_048_576;

  /// More than the envelope, the metadata and the framing of an onion take.
  private static final int ONION_OVERHEAD = 1_000;

  private final String host;
  private final Crypto crypto;
  private final SecureRandom random;
  private final InstantSource clock;
  private final OnionClient onions;

  private Ammunition(
      String host, Crypto crypto, SecureRandom random, InstantSource clock, BackendKey key) {
    this.host = host;
    this.crypto = crypto;
    this.random = random;
    this.clock = clock;
    this.onions = new OnionClient(crypto, crypto.agreementPublicKey(key), random);
  }

  /// Ammunition against the server at `address`, which is asked for its key.
  ///
  /// @param host value of the `Host` field
  /// @throws IOException if no server of Session Pro answers there
  static Ammunition against(InetSocketAddress address, String host, InstantSource clock)
      throws IOException {
    try (Connection connection = Connection.open(address)) {
      JsonObject envelope = JsonObject.parse(connection.ask(status(host)).body().toByteArray());
      return switch (V1Answer.parse(envelope, ServerStatus::parse)) {
        case V1Answer.Ok<ServerStatus>(ServerStatus status) ->
            new Ammunition(
                host, Crypto.selfTested(), new SecureRandom(), clock, status.signingKey());
        case V1Answer.Refused<ServerStatus> _ -> throw new IOException("/status is refused");
      };
    } catch (BadRequest other) {
      throw new IOException("no server of Session Pro", other);
    }
  }

  /// A request that costs a server next to nothing.
  byte[] status() {
    return status(host);
  }

  /// [#status()], and what tells that the server is well.
  GoodClient.Errand statusErrand() {
    return new GoodClient.Errand(
        this::status,
        body -> read(body, ServerStatus::parse) instanceof V1Answer.Ok<ServerStatus> _);
  }

  /// [#proof()], and the one answer to a stranger, for which a server must have looked.
  GoodClient.Errand proofErrand() {
    return new GoodClient.Errand(
        this::proof,
        body ->
            read(body, ProofResult::parse) instanceof V1Answer.Refused<ProofResult>(var refusal)
                && refusal.slug().equals(ErrorCode.NOT_SUBSCRIBED.slug()));
  }

  private static <R extends V1Result> @Nullable V1Answer<R> read(
      ByteString body, Function<JsonObject, R> result) {
    try {
      return V1Answer.parse(JsonObject.parse(body.toByteArray()), result);
    } catch (BadRequest other) {
      return null;
    }
  }

  private static byte[] status(String host) {
    return "GET /status HTTP/1.1\r\nHost: %s\r\n\r\n"
        .formatted(host)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// A request for a proof by somebody unknown, whose signatures are right: two of them are verified
  /// and the account is looked up.
  byte[] proof() {
    return post(PROOF, signed(clock.instant()));
  }

  /// As [#proof()], by clients whose clocks are wrong by seconds to centuries.
  List<byte[]> skewedProofs() {
    List<byte[]> requests = new ArrayList<>();
    for (Duration skew :
        List.of(
            Duration.ZERO, Duration.ofSeconds(80), Duration.ofDays(1), Duration.ofDays(36_500))) {
      requests.add(post(PROOF, signed(clock.instant().plus(skew))));
      requests.add(post(PROOF, signed(Instant.EPOCH.plus(skew))));
    }
    return requests;
  }

  private byte[] signed(Instant at) {
    Customer stranger = Customer.of(Seed.random(random), crypto, random);
    return GenerateProProofRequest.sign(stranger.master(), stranger.rotating(), at).toJson();
  }

  /// [#proof()] in an onion.
  byte[] onionProof() {
    return post(ONION, onion(PROOF, signed(clock.instant())));
  }

  /// An onion as long as a server accepts it, which can be opened.
  byte[] onionAtCap() {
    return post(ONION, onion(PROOF, new byte[ONION_CAP - ONION_OVERHEAD]));
  }

  /// A request for the whole revocation list, which nobody has to sign, in an onion.
  byte[] onionList() {
    return post(ONION, onion(REVOCATIONS, GetProRevocationsRequest.after(Ticket.ZERO).toJson()));
  }

  private byte[] onion(String path, byte[] body) {
    OnionRequest inner =
        new OnionRequest("POST", path, Optional.empty(), Map.of(), ByteString.of(body));
    return onions.seal(inner, Aead.XCHACHA20_POLY1305).outerBody();
  }

  /// Random bytes.
  byte[] garbage(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Request line and header of a request to that path.
  ///
  /// @param framing further fields, each with its end of line
  String head(String path, String framing) {
    return "POST %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(path, host, framing);
  }

  private byte[] post(String path, byte[] body) {
    byte[] head =
        head(path, "Content-Length: " + body.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }
}
