package org.sessionpro.protocol.v0.clients;

/// Session iOS: libsession's parser under rules of its own about errors, which alone tell it whether
/// it succeeded, and about the ticket, of which it keeps 32 bits (`wire-v0.md` §9).
public final class IosClient {
  private static final String NAME = "iOS";
  private static final LibsessionParser PARSER = new LibsessionParser(NAME);

  private IosClient() {}

  /// An answer of `/add_pro_payment`.
  public static void acceptAdd(byte[] answer) {
    header(answer);
    PARSER.acceptProof(answer);
  }

  /// An answer of `/generate_pro_proof`.
  public static void acceptProof(byte[] answer) {
    header(answer);
    PARSER.acceptProof(answer);
  }

  /// An answer of `/get_pro_revocations`.
  public static void acceptRevocations(byte[] answer) {
    if (header(answer).has("result")) {
      Reading.of(NAME, answer).object("result").unsigned32("ticket");
    }
    PARSER.acceptRevocations(answer);
  }

  /// An answer of `/get_pro_details`.
  public static void acceptDetails(byte[] answer) {
    header(answer);
    PARSER.acceptDetails(answer);
  }

  /// An answer of `/set_payment_refund_requested`.
  public static void acceptRefund(byte[] answer) {
    header(answer);
    PARSER.acceptRefund(answer);
  }

  private static Reading header(byte[] answer) {
    Reading body = Reading.of(NAME, answer);
    if (body.is("status", 0)) {
      body.demand(
          !body.has("errors") || body.array("errors").isEmpty(), "errors", "void a success");
    } else {
      body.texts("errors");
      body.demand(
          body.is("status", 100) || !body.array("errors").isEmpty(),
          "errors",
          "is empty, which means success");
    }
    return body;
  }
}
