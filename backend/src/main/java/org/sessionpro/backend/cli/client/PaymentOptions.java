package org.sessionpro.backend.cli.client;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.v0.PaymentTx;
import picocli.CommandLine.Option;

/// Which payment a request of protocol v0 is about; mixed into the commands that name one.
final class PaymentOptions {
  /// In the year 9999, as far as clients go.
  static final long LAST_SECOND = 253_402_300_799L;

  private static final int RANDOM_BYTES = 8;

  /// The stores whose payments a request may name.
  enum Provider {
    GOOGLE,
    APPLE
  }

  @Option(
      names = "--provider",
      paramLabel = "google|apple",
      required = true,
      description = "The store.")
  private Provider provider = Provider.GOOGLE;

  @Option(names = "--payment-token", paramLabel = "ID", description = "Google's purchase token.")
  private @Nullable String token;

  @Option(names = "--order-id", paramLabel = "ID", description = "Google's order id.")
  private @Nullable String order;

  @Option(names = "--tx-id", paramLabel = "ID", description = "The App Store's transaction id.")
  private @Nullable String transaction;

  /// Whether any id was given.
  boolean isNamed() {
    return token != null || order != null || transaction != null;
  }

  /// The payment of the ids that were given.
  ///
  /// @throws CommandFailed if they are not those of the provider
  PaymentTx.Claimable named() {
    try {
      return ofProvider();
    } catch (IllegalArgumentException impossible) {
      throw CommandFailed.misused("the id is none that a store gives");
    }
  }

  private PaymentTx.Claimable ofProvider() {
    return switch (provider) {
      case GOOGLE -> {
        if (token == null || order == null || transaction != null) {
          throw CommandFailed.misused("--provider google goes with --payment-token and --order-id");
        }
        yield new PaymentTx.Google(new PurchaseToken(token), new OrderId(order));
      }
      case APPLE -> {
        if (transaction == null || token != null || order != null) {
          throw CommandFailed.misused("--provider apple goes with --tx-id");
        }
        yield new PaymentTx.Apple(new TransactionId(transaction));
      }
    };
  }

  /// A payment that no store knows (`wire-v0.md` §7).
  PaymentTx.Claimable madeUp(RandomGenerator random) {
    String id = PaymentTx.DEVELOPMENT_PREFIX + hex(random);
    return switch (provider) {
      case GOOGLE -> new PaymentTx.Google(new PurchaseToken(hex(random)), new OrderId(id));
      case APPLE -> new PaymentTx.Apple(new TransactionId(id));
    };
  }

  private static String hex(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
