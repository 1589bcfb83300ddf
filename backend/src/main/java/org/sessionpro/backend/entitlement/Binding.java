package org.sessionpro.backend.entitlement;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.StoreBindings;

/// What a store says about whose purchase it is: the opaque id the client gave it, kept as stated
/// and only compared (`decisions.md` §5).
///
/// | provider | bytes |
/// |---|---|
/// | `google_play` | the 32 bytes of the obfuscated account id: the master key (v1 clients) or its SHA-256 (v0) |
/// | `app_store` | the 16 bytes of the app account token, a UUID derived from the master key |
///
/// Vouchers have none. The lengths differ, so one store's id never matches the other's.
///
/// @param bytes 32 or 16 bytes
public record Binding(ByteString bytes) {
  private static final int GOOGLE_SIZE = 32;
  private static final int APPLE_SIZE = 16;

  public Binding {
    if (bytes.size() != GOOGLE_SIZE && bytes.size() != APPLE_SIZE) {
      throw new IllegalArgumentException("a binding has 32 bytes (Google) or 16 (Apple)");
    }
  }

  /// The binding of an App Store purchase.
  public static Binding apple(UUID appAccountToken) {
    byte[] bytes =
        ByteBuffer.allocate(APPLE_SIZE)
            .putLong(appAccountToken.getMostSignificantBits())
            .putLong(appAccountToken.getLeastSignificantBits())
            .array();
    return new Binding(ByteString.of(bytes));
  }

  /// Whether a payment of `provider` may carry this binding.
  public boolean fits(PaymentProvider provider) {
    return switch (provider) {
      case GOOGLE_PLAY -> bytes.size() == GOOGLE_SIZE;
      case APP_STORE -> bytes.size() == APPLE_SIZE;
      case STF -> false;
    };
  }

  /// Every binding that a payment of one owner may carry, whichever store and client made it.
  ///
  /// @param all in no particular order
  public record OwnerIds(List<Binding> all) {
    public OwnerIds {
      all = List.copyOf(all);
    }

    /// What payments of this key's owner may carry (`entitlement.md` §3, `wire-v0.md` §6.2).
    public static OwnerIds of(MasterKey key) {
      StoreBindings ids = StoreBindings.of(key);
      return new OwnerIds(
          List.of(
              new Binding(ids.googleKey()),
              new Binding(ids.googleKeyHash()),
              Binding.apple(ids.appleToken())));
    }
  }

  @Override
  public String toString() {
    return "Binding(hidden)";
  }
}
