package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.RunningBackend.T;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Forgery;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;

/// Signatures forged in every way that `wire-v1.md` §3.1 names, wherever a request has one: refused,
/// and nothing comes of it, also where a purchase waits for the owner of the forged key.
class ForgeryTest extends EndpointTest {
  private static final PaymentTx.Google UNHEARD_OF =
      new PaymentTx.Google(new PurchaseToken("DEV.token"), new OrderId("DEV.forged"));

  private int requests;

  /// Where a signature can be forged, and what that is answered.
  enum Place {
    V1_PROOF_BY_MASTER(V1Calls.PROOF, 0),
    V1_PROOF_BY_ROTATING(V1Calls.PROOF, 0),
    V1_STATUS(V1Calls.STATUS, 0),
    V1_PAYMENTS(V1Calls.PAYMENTS, 0),
    V0_PROOF_BY_MASTER(V0Calls.PROOF, 1),
    V0_PROOF_BY_ROTATING(V0Calls.PROOF, 1),
    V0_ADD_BY_MASTER(AddProPaymentRequest.PATH, 1),
    V0_ADD_BY_ROTATING(AddProPaymentRequest.PATH, 1),
    V0_DETAILS(GetProDetailsRequest.PATH, 2),
    V0_REFUND(SetPaymentRefundRequestedRequest.PATH, 2);

    private final String path;
    private final int v0Status;

    /// @param v0Status 0 for requests of v1
    Place(String path, int v0Status) {
      this.path = path;
      this.v0Status = v0Status;
    }

    boolean isByRotating() {
      return name().endsWith("ROTATING");
    }

    void assertRefused(Answer answer) {
      if (v0Status == 0) {
        V1Calls.assertRefused(answer, ErrorCode.BAD_SIGNATURE);
      } else {
        V0Calls.assertFailed(answer, v0Status, 1);
        assertThat(answer.text()).contains("_sig does not verify");
      }
    }
  }

  /// A key whose owner always gives the same signature.
  private record Forger(ByteString publicKey, Signature signature) implements SigningKey {
    @Override
    public Signature sign(byte[] message) {
      return signature;
    }
  }

  /// A key that notes what it was to sign.
  private static final class Listener implements SigningKey {
    private final ByteString publicKey;
    private ByteString heard = ByteString.of(new byte[0]);

    private Listener(ByteString publicKey) {
      this.publicKey = publicKey;
    }

    @Override
    public ByteString publicKey() {
      return publicKey;
    }

    @Override
    public Signature sign(byte[] message) {
      heard = ByteString.of(message);
      return new Signature(ByteString.of(new byte[Signature.SIZE]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyForgeryIsRefusedAndLeavesNothingBehind(Place place) {
    List<Forgery> forgeries = Forgery.closest(key -> signedAt(place, key));
    sellToTheForged(place, forgeries);
    Map<String, Long> before = rows();

    for (Forgery forgery : forgeries) {
      Forgery.Signed signed = forgery.signed();
      SigningKey forger = new Forger(signed.key(), new Signature(signed.signature()));
      place.assertRefused(caller.post(place.path, request(place, forger)));
    }

    assertThat(rows()).isEqualTo(before);
    requests += forgeries.size();
  }

  @AfterParameterizedClassInvocation
  void tell() {
    System.out.printf("forgeries: %d requests over %s %s, 0 accepted%n", requests, engine, way);
    requests = 0;
  }

  /// Purchases that wait for whoever signs with a forged key, and for the one whose other key is
  /// forged.
  private void sellToTheForged(Place place, List<Forgery> forgeries) {
    Set<ByteString> keys = new LinkedHashSet<>();
    keys.add(alice.masterKey().bytes());
    forgeries.forEach(forgery -> keys.add(forgery.signed().key()));
    backend
        .ledger()
        .record(
            keys.stream()
                .map(key ->
                    Purchase.google(place + key.hex(), "order", T, day(30))
                        .boundTo(new Binding(key)))
                .map(sold -> Statement.of(sold.key(), sold.witnessed(), sold.terms()))
                .toList(),
            backend.now());
  }

  private Map<String, Long> rows() {
    try (Database database = Databases.open(backend.database())) {
      Map<String, Long> rows = new TreeMap<>();
      for (String table :
          List.of(
              "facts",
              "accounts",
              "generations",
              "payments",
              "payments WHERE account_id IS NOT NULL")) {
        rows.put(
            table,
            database.read(handle ->
                handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one()));
      }
      return rows;
    }
  }

  /// What is to be signed there under a key.
  private ByteString signedAt(Place place, ByteString key) {
    Listener listener = new Listener(key);
    request(place, listener);
    return listener.heard;
  }

  /// Alice's request, with the forger for one of her keys.
  private byte[] request(Place place, SigningKey forger) {
    SigningKey master = place.isByRotating() ? alice.master() : forger;
    SigningKey rotating = place.isByRotating() ? forger : alice.rotating();
    return switch (place) {
      case V1_PROOF_BY_MASTER, V1_PROOF_BY_ROTATING ->
          GenerateProProofRequest.sign(master, rotating, T).toJson();
      case V1_STATUS -> GetProStatusRequest.sign(master, T).toJson();
      case V1_PAYMENTS ->
          GetPaymentDetailsRequest.sign(master, T, DecimalInteger.of(10), "").toJson();
      case V0_PROOF_BY_MASTER, V0_PROOF_BY_ROTATING ->
          org.sessionpro.protocol.v0.GenerateProProofRequest.sign(CRYPTO, master, rotating, T)
              .toJson();
      case V0_ADD_BY_MASTER, V0_ADD_BY_ROTATING ->
          AddProPaymentRequest.sign(CRYPTO, master, rotating, UNHEARD_OF).toJson();
      case V0_DETAILS -> GetProDetailsRequest.sign(CRYPTO, master, T, 1).toJson();
      case V0_REFUND ->
          SetPaymentRefundRequestedRequest.sign(CRYPTO, master, T, T, UNHEARD_OF).toJson();
    };
  }
}
