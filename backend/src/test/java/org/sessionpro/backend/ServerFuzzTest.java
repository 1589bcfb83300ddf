package org.sessionpro.backend;

import org.sessionpro.backend.cli.client.CliFuzz;
import org.sessionpro.backend.http.HttpFuzz;
import org.sessionpro.backend.http.OnionRoutesFuzz;
import org.sessionpro.backend.ledger.StoredFuzz;
import org.sessionpro.protocol.fuzz.FuzzSuite;

/// Everything of the server that reads what others have written.
class ServerFuzzTest extends FuzzSuite {
  ServerFuzzTest() {
    super(HttpFuzz.TARGET, OnionRoutesFuzz.TARGET, StoredFuzz.TARGET, CliFuzz.TARGET);
  }
}
