package org.sessionpro.protocol.v0.clients;

import java.util.List;
import java.util.function.Consumer;

/// All released clients at once: an answer of v0, be it success or failure, passes if the contract
/// allows it and every client that uses its endpoint understands it (`wire-v0.md` §9).
public final class ReleasedClients {
  private ReleasedClients() {}

  /// An answer of `/add_pro_payment`. Desktop does not use it.
  public static void acceptAdd(byte[] answer) {
    run(
        answer,
        List.of(
            Contract::accept,
            IosClient::acceptAdd,
            AndroidClient::acceptAdd,
            LibsessionClient::acceptAdd));
  }

  /// An answer of `/generate_pro_proof`.
  public static void acceptProof(byte[] answer) {
    run(
        answer,
        List.of(
            Contract::accept,
            DesktopClient::acceptProof,
            IosClient::acceptProof,
            AndroidClient::acceptProof,
            LibsessionClient::acceptProof));
  }

  /// An answer of `/get_pro_revocations`.
  public static void acceptRevocations(byte[] answer) {
    run(
        answer,
        List.of(
            Contract::accept,
            DesktopClient::acceptRevocations,
            IosClient::acceptRevocations,
            AndroidClient::acceptRevocations,
            LibsessionClient::acceptRevocations));
  }

  /// An answer of `/get_pro_details` to a count of at least 1.
  public static void acceptDetails(byte[] answer) {
    run(
        answer,
        List.of(
            Contract::acceptDetails,
            DesktopClient::acceptDetails,
            IosClient::acceptDetails,
            AndroidClient::acceptDetails,
            LibsessionClient::acceptDetails));
  }

  /// An answer of `/get_pro_details` to a count of 0, which no other client sends.
  public static void acceptDetailsWithoutItems(byte[] answer) {
    run(answer, List.of(Contract::acceptDetails, LibsessionClient::acceptDetails));
  }

  /// An answer of `/set_payment_refund_requested`. Desktop and Android do not use it.
  public static void acceptRefund(byte[] answer) {
    run(answer, List.of(Contract::accept, IosClient::acceptRefund, LibsessionClient::acceptRefund));
  }

  private static void run(byte[] answer, List<Consumer<byte[]>> clients) {
    clients.forEach(client -> client.accept(answer));
  }
}
