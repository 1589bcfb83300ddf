package org.sessionpro.backend.http;

/// The wire contract that an answer was rendered by. Counted, never sent.
public enum Contract {
  V0,
  V1,
  /// Neither: the transport itself, webhooks, development and operator routes.
  NONE
}
