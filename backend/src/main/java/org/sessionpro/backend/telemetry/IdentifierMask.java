package org.sessionpro.backend.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
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

  private final Crypto crypto;
  private final Blake2bParameters key;

  private IdentifierMask(Crypto crypto, Blake2bParameters key) {
    this.crypto = crypto;
    this.key = key;
  }

  /// A mask with a key of its own.
  public static IdentifierMask withFreshKey(Crypto crypto, SecureRandom random) {
    byte[] key = new byte[KEY_SIZE];
    random.nextBytes(key);
    return new IdentifierMask(crypto, Blake2bParameters.keyed(ByteString.of(key)));
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
    byte[] digest =
        crypto.blake2b256(
            key, (kind + ":").getBytes(StandardCharsets.UTF_8), identifier.toByteArray());
    return new Masked(kind + ":" + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES));
  }
}
