package org.sessionpro.backend.ledger;

/// No server can start and nothing be changed: what the ledger takes over from another service is not
/// complete or not compared yet.
public final class UnsealedImport extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsealedImport() {
    super(
        "the ledger holds an import that is not sealed: finish it, or take it back, with"
            + " `pro import python`");
  }
}
