package org.sessionpro.backend.store.apple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;

/// Reads the file with a key of the App Store Server API, as App Store Connect hands it out: PKCS#8 in
/// PEM, on the curve P-256.
final class ApiKeyFile {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int MAX_FILE = 65_536;

  private ApiKeyFile() {}

  /// The key, in the form that Apple's library wants.
  ///
  /// @throws ConfigurationError naming the setting, if the file cannot be read or is something else;
  ///     quotes nothing of it
  static String read(Path file) {
    String text;
    try {
      if (Files.size(file) > MAX_FILE) {
        throw refused("is too long");
      }
      text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException unreadable) {
      throw refused("cannot be read");
    }
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw refused("does not begin with " + BEGIN);
    }
    String content = text.substring(BEGIN.length(), text.length() - END.length());
    String inOneLine = content.replaceAll("\\s", "");
    if (!isOfP256(inOneLine)) {
      throw refused("holds something else");
    }
    return BEGIN + "\n" + inOneLine + "\n" + END + "\n";
  }

  private static boolean isOfP256(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der))
              instanceof ECPrivateKey key
          && isP256(key.getParams());
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static boolean isP256(ECParameterSpec given) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
    return given.getCurve().equals(p256.getCurve())
        && given.getGenerator().equals(p256.getGenerator());
  }

  private static ConfigurationError refused(String why) {
    return ConfigurationError.of(
        Setting.APPLE_KEY_PATH,
        "must be the file of a private key on P-256 as App Store Connect makes it (.p8): it "
            + why);
  }
}
