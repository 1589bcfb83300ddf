package org.sessionpro.protocol.v0.clients;

/// A program on libsession or its fork, through the C interface alone (`wire-v0.md` §9).
public final class LibsessionClient {
  private static final LibsessionParser PARSER = new LibsessionParser("libsession");

  private LibsessionClient() {}

  /// An answer of `/add_pro_payment`.
  public static void acceptAdd(byte[] answer) {
    PARSER.acceptProof(answer);
  }

  /// An answer of `/generate_pro_proof`.
  public static void acceptProof(byte[] answer) {
    PARSER.acceptProof(answer);
  }

  /// An answer of `/get_pro_revocations`.
  public static void acceptRevocations(byte[] answer) {
    PARSER.acceptRevocations(answer);
  }

  /// An answer of `/get_pro_details` to any count.
  public static void acceptDetails(byte[] answer) {
    PARSER.acceptDetails(answer);
  }

  /// An answer of `/set_payment_refund_requested`.
  public static void acceptRefund(byte[] answer) {
    PARSER.acceptRefund(answer);
  }
}
