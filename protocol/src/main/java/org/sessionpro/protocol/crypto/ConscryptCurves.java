package org.sessionpro.protocol.crypto;

import java.security.Provider;
import org.conscrypt.Conscrypt;

/// Both curves by Conscrypt. A class of its own, because it cannot be linked where that optional
/// library is absent.
final class ConscryptCurves {
  private static final Provider PROVIDER = Conscrypt.newProvider();

  private ConscryptCurves() {}

  static Ed25519 ed25519() {
    return JcaCurves.ed25519(library(), PROVIDER);
  }

  static X25519 x25519() {
    return JcaCurves.x25519(library(), PROVIDER);
  }

  private static String library() {
    Conscrypt.Version version = Conscrypt.version();
    return "Conscrypt " + version.major() + "." + version.minor() + "." + version.patch();
  }
}
