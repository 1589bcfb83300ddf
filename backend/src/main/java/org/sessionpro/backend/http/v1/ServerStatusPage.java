package org.sessionpro.backend.http.v1;

import java.time.InstantSource;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.V1Answer;

/// `GET|POST /status` (`wire-v1.md` §11): who answers; asks nothing of the database and looks at no
/// body.
public final class ServerStatusPage implements Route.Handler {
  private final String version;
  private final BackendKey key;
  private final InstantSource clock;

  public ServerStatusPage(String version, BackendKey key, InstantSource clock) {
    this.version = version;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public Reply handle(Exchange exchange) {
    return V1Endpoint.reply(new V1Answer.Ok<>(new ServerStatus(version, clock.instant(), key)));
  }
}
