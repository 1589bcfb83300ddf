package org.sessionpro.simulator.google.life;

import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.script.IdleServer;

/// Acknowledges whatever belongs to somebody, without asking over the network.
final class AttentiveServer extends IdleServer {
  private final PlayStore store;

  AttentiveServer(PlayStore store) {
    this.store = store;
  }

  @Override
  public void settle() {
    for (Subscription one : store.subscriptions()) {
      boolean owed = one.acknowledgement().deadline() != null;
      if (owed && one.origin().ids() != null) {
        store.acknowledge(one.token(), null);
      }
    }
  }
}
