package org.sessionpro.backend.store.google;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.LenientJson;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.json.JsonObject;

/// Reads what Google writes.
final class Lenient extends LenientJson {
  private static final int MAX_ID_LENGTH = 2_048;

  Lenient(JsonObject json) {
    super(json);
  }

  /// @throws BadRequest if it is no JSON object
  static Lenient parse(byte[] body) {
    return new Lenient(JsonObject.parse(body));
  }

  /// As above, of a document that may be long: of longer texts than `maxText` characters only the
  /// beginning is kept.
  ///
  /// @throws BadRequest if it is no JSON object
  static Lenient parseCutting(byte[] body, int maxText) {
    return new Lenient(JsonObject.parseCutting(body, maxText));
  }

  Optional<Lenient> object(String name) {
    return child(name).map(Lenient::new);
  }

  List<Lenient> objects(String name) {
    return children(name).stream().map(Lenient::new).toList();
  }

  /// An RFC 3339 time, cut to whole microseconds.
  ///
  /// @throws BadRequest if there is text that is none
  @Nullable Instant instant(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Micros.floor(Instant.parse(text.get()));
    } catch (DateTimeException malformed) {
      throw new BadRequest(name, "must be an RFC 3339 time");
    }
  }

  /// As above for what is only shown: text that is no time counts as none.
  @Nullable Instant shownInstant(String name) {
    try {
      return instant(name);
    } catch (BadRequest malformed) {
      return null;
    }
  }

  /// As [#product] for what is only shown: text that can be no name counts as none.
  @Nullable ProductId shownProduct(String name) {
    try {
      return product(name);
    } catch (BadRequest malformed) {
      return null;
    }
  }

  @Nullable PurchaseToken token(String name) {
    return id(name, PurchaseToken::new);
  }

  @Nullable OrderId order(String name) {
    return id(name, OrderId::new);
  }

  @Nullable ProductId product(String name) {
    return id(name, ProductId::new);
  }

  /// @throws BadRequest if there is text that can be no name of a store's
  private <T> @Nullable T id(String name, Function<String, T> type) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    if (text.get().length() > MAX_ID_LENGTH || text.get().indexOf('\0') >= 0) {
      throw new BadRequest(name, "must be at most " + MAX_ID_LENGTH + " characters without NUL");
    }
    return type.apply(text.get());
  }

  /// An obfuscated account id: 64 hex digits in any case, perhaps behind `0x`. Null for anything else
  /// (`google-play.md` §4.3).
  @Nullable Binding binding(String name) {
    String text = text(name).orElse("");
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    return digits.matches("[0-9a-fA-F]{64}")
        ? new Binding(ByteString.fromHex(digits.toLowerCase(Locale.ROOT)))
        : null;
  }
}
