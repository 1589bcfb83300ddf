package org.sessionpro.simulator.apple.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.JwsReader;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.delivery.Webhook;
import org.sessionpro.simulator.google.script.IdleServer;

/// Accepts genuine notifications while it runs, and keeps no books, so nothing can be expected of it.
final class VerifyingServer extends IdleServer implements Webhook {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JwsReader reader;
  private boolean running = true;

  VerifyingServer(AppleSimulator simulator) {
    reader = new JwsReader(simulator.pki().root(), false);
    simulator.delivery().deliverTo(this);
  }

  @Override
  public int post(ByteString body) throws IOException {
    if (!running) {
      throw new IOException("nobody is there");
    }
    try {
      JsonNode payload =
          reader.read(JSON.readTree(body.toByteArray()).path("signedPayload").asText());
      JsonNode data = payload.path("data");
      boolean ours =
          !payload.has("data")
              || (data.path("bundleId").asText().equals(SessionCatalogue.BUNDLE.value())
                  && data.path("environment").asText().equals("Production"));
      return ours ? 200 : 401;
    } catch (GeneralSecurityException forged) {
      return 401;
    }
  }

  @Override
  public void kill() {
    running = false;
  }

  @Override
  public void start() {
    running = true;
  }
}
