package org.sessionpro.protocol.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

/// The Amazon Corretto Crypto Provider, which has Ed25519 and no X25519. A class of its own, because
/// it cannot be linked where that optional library is absent.
final class CorrettoCurves {
  /// Without it the provider has no `KeyFactory` for Ed25519; read once, when its class loads.
  private static final String REGISTER_KEY_FACTORY =
      "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

  private CorrettoCurves() {}

  static Ed25519 ed25519() {
    System.setProperty(REGISTER_KEY_FACTORY, "true");
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    // A provider whose native library did not load is there and has no algorithms.
    Throwable loadingError = provider.getLoadingError();
    if (loadingError != null) {
      throw new UnsupportedOperationException(loadingError);
    }
    return JcaCurves.ed25519("Amazon Corretto " + provider.getVersionStr(), provider);
  }
}
