package org.sessionpro.bench.hostile;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.HttpServer;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.onion.OnionRoute;
import org.sessionpro.backend.http.v1.ServerStatusPage;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.onion.OnionServer;

/// The front of a real server: whoever asks for a proof gets his request back.
final class Victim implements AutoCloseable {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HttpServer server;

  private Victim(HttpServer server) {
    this.server = server;
  }

  static Victim start() {
    Seed seed = Seed.random(RANDOM);
    SigningKey key = CRYPTO.signingKey(seed);
    Route proof =
        new Route(
            Ammunition.PROOF,
            Set.of(Method.POST),
            Route.Reach.CLIENTS,
            HttpLimits.BodyLimits.DEFAULT.standard(),
            FaultAnswer.plain(),
            exchange -> Reply.json(exchange.body(), Contract.V1));
    Route status =
        new Route(
            "/status",
            Set.of(Method.GET),
            Route.Reach.CLIENTS,
            1_024,
            FaultAnswer.plain(),
            new ServerStatusPage("test", new BackendKey(key.publicKey()), InstantSource.system()),
            new Admission.Free());
    RouteTable routes = RouteTable.of(List.of(proof, status));
    OnionServer onions = new OnionServer(CRYPTO, CRYPTO.agreementKey(seed), List.of(), RANDOM);
    Route onion = OnionRoute.to(routes, onions, Ammunition.ONION_CAP, access -> {});
    return new Victim(
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            routes.with(onion),
            HttpLimits.DEFAULT,
            access -> {}));
  }

  InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
