package org.sessionpro.backend.proof;

import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// The server's key and all that is derived from its seed. Prints as its public key.
///
/// @param seed the secret; the page cursor's key is made of it (`wire-v1.md` §4)
/// @param signing signs proofs
/// @param publicKey what clients know the server by
/// @param onion opens onion requests (`onion-requests.md` §4)
public record ServerKey(Seed seed, SigningKey signing, BackendKey publicKey, AgreementKey onion) {
  /// Seed of the development key: 32 × `cd`, and what belongs to it (`wire-v0.md` §7). Known to everybody.
  private static final Seed DEVELOPMENT = Seed.fromHex("cd".repeat(Seed.SIZE));

  private static final BackendKey DEVELOPMENT_PUBLIC =
      BackendKey.fromHex("fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27");

  /// The key pairs of `seed`.
  public static ServerKey of(Seed seed, Crypto crypto) {
    SigningKey signing = crypto.signingKey(seed);
    return new ServerKey(
        seed, signing, new BackendKey(signing.publicKey()), crypto.agreementKey(seed));
  }

  /// The development key.
  public static ServerKey development(Crypto crypto) {
    return of(DEVELOPMENT, crypto);
  }

  /// Whether everybody can sign under a key.
  public static boolean isDevelopment(BackendKey key) {
    return key.equals(DEVELOPMENT_PUBLIC);
  }

  @Override
  public String toString() {
    return "ServerKey(" + publicKey.hex() + ")";
  }
}
