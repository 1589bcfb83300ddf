package org.sessionpro.simulator.apple.api;

import org.sessionpro.simulator.http.Endpoint;

/// What a server can ask.
public enum AppleEndpoint implements Endpoint {
  NOTIFICATION_HISTORY("notification-history"),
  REQUEST_TEST("request-test"),
  TEST_STATUS("test-status"),
  STATUSES("statuses"),
  HISTORY("history"),
  TRANSACTION("transaction"),
  SET_TOKEN("set-token"),
  CONSUMPTION("consumption"),
  REFUNDS("refunds"),
  OCSP("ocsp"),
  NOWHERE("nowhere");

  private final String word;

  AppleEndpoint(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
