package org.sessionpro.simulator.script;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// A person of a script: an account of the server under test, and a customer of the stores.
///
/// @param seed of the key; null if only the key is known
/// @param told what the app tells the store about whose purchase it is
public record Buyer(String name, @Nullable Seed seed, MasterKey key, Told told) {
  /// What an app tells a store.
  public enum Told {
    /// The key, as clients of v1 do.
    KEY,
    /// A hash of the key, as clients of v0 do.
    HASH,
    /// Nothing.
    NOTHING
  }

  /// Somebody whose key follows from the names alone, so that a script has its own people.
  ///
  /// @param scope of the names: another one makes other people
  static Buyer invented(String scope, String name, Told told, Crypto crypto) {
    Seed seed = new Seed(ByteString.of(sha256("simulated buyer/" + scope + "/" + name)));
    return new Buyer(name, seed, new MasterKey(crypto.signingKey(seed).publicKey()), told);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// Google's obfuscated account id of this person's purchases; null if the app tells nothing.
  public @Nullable String googleId() {
    StoreBindings bindings = StoreBindings.of(key);
    return switch (told) {
      case KEY -> bindings.googleKey().hex();
      case HASH -> bindings.googleKeyHash().hex();
      case NOTHING -> null;
    };
  }

  /// The app account token of this person's purchases in the App Store; null if the app tells nothing.
  /// Both kinds of clients derive it alike.
  public @Nullable UUID appleToken() {
    return told == Told.NOTHING ? null : StoreBindings.of(key).appleToken();
  }
}
