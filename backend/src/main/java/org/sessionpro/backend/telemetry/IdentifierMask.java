package org.sessionpro.backend.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.BiFunction;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;

/// Makes identifiers fit for logs: the start of a digest under a key that only this process knows.
///
/// Lines about one identifier can be found together while the process lives; nothing links them to
/// the identifier, to another process, or to the same bytes in another role. Replaces the first and
/// last 30 % of `operator-v1.md` §5, which show 60 % of a key.
public final class IdentifierMask {
  private static final int KEY_SIZE = 32;

  /// 40 bits: two of a million identifiers share a mask with probability one third.
  private static final int SHOWN_BYTES = 5;

  private final BiFunction<String, ByteString, String> stand;

  /// @param stand for an identifier of a kind
  private IdentifierMask(BiFunction<String, ByteString, String> stand) {
    this.stand = stand;
  }

  /// A mask with a key of its own.
  public static IdentifierMask withFreshKey(Crypto crypto, SecureRandom random) {
    byte[] fresh = new byte[KEY_SIZE];
    random.nextBytes(fresh);
    Blake2bParameters key = Blake2bParameters.keyed(ByteString.of(fresh));
    return new IdentifierMask((kind, identifier) -> digest(crypto, key, kind, identifier));
  }

  /// No mask at all: identifiers as they are, for an operator who asked for it (`unsafe_logging`).
  public static IdentifierMask none() {
    return new IdentifierMask((_, identifier) -> plain(identifier));
  }

  public Masked of(MasterKey master) {
    return of("master", master.bytes());
  }

  public Masked of(RotatingKey rotating) {
    return of("rotating", rotating.bytes());
  }

  public Masked of(RevocationTag tag) {
    return of("tag", tag.bytes());
  }

  public Masked of(StoreId id) {
    return switch (id) {
      case PurchaseToken token -> of("token", token.utf8());
      case OrderId order -> of("order", order.utf8());
      case TransactionId transaction -> of("transaction", transaction.utf8());
    };
  }

  /// Any other identifier.
  ///
  /// @param kind what it is, in snake case; the same bytes of another kind have another mask
  public Masked of(String kind, ByteString identifier) {
    return new Masked(kind + ":" + stand.apply(kind, identifier));
  }

  private static String digest(
      Crypto crypto, Blake2bParameters key, String kind, ByteString identifier) {
    byte[] digest =
        crypto.blake2b256(
            key, (kind + ":").getBytes(StandardCharsets.UTF_8), identifier.toByteArray());
    return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
  }

  /// What is text as text, keys in hex.
  private static String plain(ByteString identifier) {
    String text = new String(identifier.toByteArray(), StandardCharsets.ISO_8859_1);
    return text.chars().allMatch(c -> c > ' ' && c <= '~') ? text : identifier.hex();
  }
}
