package org.sessionpro.backend.proof;

import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.v1.ErrorCode;
import org.slf4j.Logger;

/// Says what became of each request for a proof: exactly one line, with a slug for a reason, one of v1
/// where v1 has one, and never the text that the client was sent (`operator-v1.md` §5). To add a
/// payment is to ask for a proof. A request that the server failed on has the line of that fault instead.
public final class ProofLog {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private final IdentifierMask mask;

  public ProofLog(IdentifierMask mask) {
    this.mask = mask;
  }

  /// The protocol in which it was asked.
  public enum Protocol {
    V0("v0"),
    V1("v1");

    private final String text;

    Protocol(String text) {
      this.text = text;
    }
  }

  /// Why a payment that was added gives no proof, of which v1 knows nothing.
  enum Unproven {
    /// It was the signer's before.
    ALREADY_REDEEMED("already_redeemed"),
    /// There is none, or the signer has no right to it.
    UNKNOWN_PAYMENT("unknown_payment"),
    /// Google could not be told that it was delivered.
    NOT_ACKNOWLEDGED("not_acknowledged");

    private final String slug;

    Unproven(String slug) {
      this.slug = slug;
    }
  }

  /// Refused before anybody looked whose request it is.
  public static void refused(Protocol protocol, ErrorCode reason) {
    LOG.info(Severity.CROWD, "proof refused by {}: {}", protocol.text, reason.slug());
  }

  void issued(Protocol protocol, MasterKey owner) {
    if (LOG.isInfoEnabled()) {
      LOG.info(Severity.CROWD, "proof issued by {}: {}", protocol.text, mask.of(owner));
    }
  }

  void refused(Protocol protocol, ErrorCode reason, MasterKey owner) {
    if (reason == ErrorCode.RATE_LIMITED) {
      LOG.warn(
          Severity.CROWD,
          "proof refused by {}: {} {}",
          protocol.text,
          reason.slug(),
          mask.of(owner));
    } else {
      refused(protocol, reason.slug(), owner);
    }
  }

  void refused(Unproven reason, MasterKey owner) {
    refused(Protocol.V0, reason.slug, owner);
  }

  private void refused(Protocol protocol, String slug, MasterKey owner) {
    if (LOG.isInfoEnabled()) {
      LOG.info(Severity.CROWD, "proof refused by {}: {} {}", protocol.text, slug, mask.of(owner));
    }
  }
}
