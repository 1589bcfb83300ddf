package org.sessionpro.backend.ledger;

/// A ledger cannot take anything over, because of what it holds already.
public final class ImportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImportRefused(String message) {
    super(message);
  }
}
