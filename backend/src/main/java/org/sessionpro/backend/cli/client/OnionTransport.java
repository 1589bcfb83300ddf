package org.sessionpro.backend.cli.client;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionRejected;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.SealedOnion;

/// Wraps every request as the innermost layer of an onion request and hands it to the server as the
/// exit node would (`onion-requests.md` §1): no path of nodes, the same bytes for the server.
final class OnionTransport implements Transport {
  private static final String PATH = "/oxen/v4/lsrpc";
  private static final Map<String, String> HEADERS = Map.of("content-type", "application/json");

  private final Transport exitNode;
  private final OnionClient onion;
  private final Supplier<CommandFailed> unusableKey;

  /// @param unusableKey what is wrong if nothing can be encrypted to the server's key
  OnionTransport(Transport exitNode, OnionClient onion, Supplier<CommandFailed> unusableKey) {
    this.exitNode = exitNode;
    this.onion = onion;
    this.unusableKey = unusableKey;
  }

  @Override
  public byte[] post(String path, byte[] body) {
    OnionRequest request =
        new OnionRequest("POST", path, Optional.empty(), HEADERS, ByteString.of(body));
    SealedOnion sealed = seal(request);
    byte[] answer = exitNode.post(PATH, sealed.outerBody());
    OnionReply reply = open(sealed, answer);
    if (reply.code() != 200) {
      throw CommandFailed.because(
          "the server answers inside the onion with status " + reply.code());
    }
    return reply.body().toByteArray();
  }

  private SealedOnion seal(OnionRequest request) {
    try {
      return onion.seal(request, Aead.AES_256_GCM);
    } catch (IllegalArgumentException smallOrder) {
      throw unusableKey.get();
    }
  }

  private static OnionReply open(SealedOnion sealed, byte[] answer) {
    try {
      return sealed.open(answer);
    } catch (OnionRejected notForUs) {
      throw CommandFailed.because("the answer is no onion reply to this request");
    }
  }
}
