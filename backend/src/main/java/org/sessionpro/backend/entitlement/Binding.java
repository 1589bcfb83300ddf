package org.sessionpro.backend.entitlement;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;

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
      byte[] raw = key.bytes().toByteArray();
      byte[] hash = sha256(raw);
      byte[] uuid = Arrays.copyOf(raw, APPLE_SIZE);
      uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x40);
      uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
      return new OwnerIds(
          Stream.of(raw, hash, uuid).map(bytes -> new Binding(ByteString.of(bytes))).toList());
    }

    private static byte[] sha256(byte[] bytes) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java platform has SHA-256", impossible);
      }
    }
  }

  @Override
  public String toString() {
    return "Binding(hidden)";
  }
}
