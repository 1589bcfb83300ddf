package org.sessionpro.backend.http.v0;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.proof.Acknowledger;
import org.sessionpro.backend.proof.PaymentAdder;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofPolicy;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.simulator.SimulatedClock;

/// The endpoints of v0 that change something, on an empty ledger of either engine, and a store that
/// tells the ledger what it sold.
final class PaymentsRig implements AutoCloseable {
  /// 2026-01-01T00:00:00Z, where the clock starts.
  static final Instant T = Instant.ofEpochSecond(1_767_225_600);

  static final Duration DAY = Duration.ofDays(1);
  static final Crypto CRYPTO = Crypto.selfTested();
  static final ServerKey SERVER = ServerKey.development(CRYPTO);
  static final SigningKey ALICE = key(1);
  static final SigningKey BOB = key(2);
  static final SigningKey ROTATING = key(3);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADD = AddProPaymentRequest.PATH;

  final SimulatedClock clock = new SimulatedClock(T);
  final Ledger ledger;

  /// What Google says to an acknowledgement; records it if it is confirmed.
  boolean googleConfirms = true;

  final AtomicInteger acknowledgements = new AtomicInteger();

  private final int maxProofs;

  PaymentsRig(Engine engine, Path folder) {
    this(engine, folder, 0);
  }

  /// @param maxProofs proofs an account gets in seven days; 0 for any number
  PaymentsRig(Engine engine, Path folder, int maxProofs) {
    this.ledger = Ledger.open(engine.empty(folder), RenewalAllowance.DEFAULT, new SecureRandom());
    this.maxProofs = maxProofs;
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[Seed.SIZE];
    seed[0] = (byte) number;
    return CRYPTO.signingKey(new Seed(ByteString.of(seed)));
  }

  static MasterKey master(SigningKey key) {
    return new MasterKey(key.publicKey());
  }

  static Instant day(long days) {
    return T.plus(DAY.multipliedBy(days));
  }

  static PaymentTx.Google google(String token, String order) {
    return new PaymentTx.Google(new PurchaseToken(token), new OrderId(order));
  }

  static PaymentTx.Apple apple(String transaction) {
    return new PaymentTx.Apple(new TransactionId(transaction));
  }

  static Binding googleBinding(SigningKey owner) {
    return new Binding(StoreBindings.of(master(owner)).googleKeyHash());
  }

  /// Google sold a renewing cycle that begins at [#T].
  void sellGoogle(
      String token, String order, SigningKey owner, Instant expiry, PaymentFact... more) {
    sell(
        PaymentKey.google(new PurchaseToken(token), new OrderId(order)),
        new Witnessed(
            Product.of(new Plan("1m")),
            T,
            googleBinding(owner),
            true,
            T.plus(Duration.ofDays(2)),
            Source.STORE,
            null),
        expiry,
        more);
  }

  /// The App Store sold a renewing cycle that begins at [#T].
  void sellApple(
      String transaction,
      @Nullable Binding binding,
      boolean claimable,
      Instant expiry,
      PaymentFact... more) {
    TransactionId id = new TransactionId(transaction);
    sell(
        PaymentKey.appleLineItem(
            new TransactionId("original of " + transaction), new OrderId("line")),
        new Witnessed(Product.of(new Plan("1m")), T, binding, claimable, expiry, Source.STORE, id),
        expiry,
        more);
  }

  private void sell(PaymentKey key, Witnessed witnessed, Instant expiry, PaymentFact... more) {
    List<PaymentFact> facts =
        new ArrayList<>(List.of(witnessed, new TermsStated(expiry, null, true, false, T, true)));
    facts.addAll(List.of(more));
    ledger.record(List.of(new Statement(key, facts, null)), clock.instant());
  }

  /// An add request of somebody with [#ROTATING].
  static byte[] addRequest(SigningKey master, PaymentTx.Claimable payment) {
    return AddProPaymentRequest.sign(CRYPTO, master, ROTATING, payment).toJson();
  }

  JsonNode add(SigningKey master, PaymentTx.Claimable payment) {
    return add(addRequest(master, payment));
  }

  JsonNode add(byte[] body) {
    return ask(ADD, adding(this::acknowledge, false), body);
  }

  JsonNode addWithGoogleOff(SigningKey master, PaymentTx.Claimable payment) {
    return ask(ADD, adding(Acknowledger.off(), false), addRequest(master, payment));
  }

  JsonNode addInADryRun(SigningKey master, PaymentTx.Claimable payment) {
    return ask(ADD, adding(Acknowledger.dry(), false), addRequest(master, payment));
  }

  JsonNode addInDevelopment(SigningKey master, PaymentTx.Claimable payment) {
    return addInDevelopment(addRequest(master, payment));
  }

  JsonNode addInDevelopment(byte[] body) {
    return ask(ADD, adding(Acknowledger.off(), true), body);
  }

  private V0Endpoint adding(Acknowledger acknowledger, boolean dev) {
    ProofPolicy policy = new ProofPolicy(RenewalAllowance.DEFAULT, maxProofs);
    ProofLog log = new ProofLog(IdentifierMask.none());
    ProofIssuer issuer = new ProofIssuer(ledger, SERVER, CRYPTO, policy, log, clock);
    PaymentAdder adder = new PaymentAdder(ledger, acknowledger, issuer, log, clock);
    return new AddProPayment(CRYPTO, SERVER.publicKey(), adder, dev, clock);
  }

  private boolean acknowledge(PurchaseToken token, Duration patience) {
    acknowledgements.incrementAndGet();
    if (googleConfirms) {
      ledger.record(
          List.of(
              Statement.of(
                  PaymentKey.google(token, new OrderId("order")),
                  new PaymentFact.Acknowledged(clock.instant(), PaymentFact.Acknowledgement.DONE))),
          clock.instant());
    }
    return googleConfirms;
  }

  JsonNode refund(boolean dev, SigningKey master, PaymentTx.Claimable payment, Instant requested) {
    return refund(
        dev,
        SetPaymentRefundRequestedRequest.sign(CRYPTO, master, clock.instant(), requested, payment)
            .toJson());
  }

  JsonNode refund(boolean dev, byte[] body) {
    return ask(
        SetPaymentRefundRequestedRequest.PATH,
        new SetPaymentRefundRequested(CRYPTO, ledger, dev, clock),
        body);
  }

  private static JsonNode ask(String path, V0Endpoint endpoint, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      return JSON.readTree(StrictClients.ask(path, endpoint, text, false).body().toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// What the key owns, newest purchase first; empty if there is no account.
  List<RegisteredPayment> owned(SigningKey key) {
    return ledger
        .details(master(key), 100, clock.instant())
        .map(Ledger.Details::newest)
        .orElse(List.of());
  }

  @Override
  public void close() {
    ledger.close();
  }
}
