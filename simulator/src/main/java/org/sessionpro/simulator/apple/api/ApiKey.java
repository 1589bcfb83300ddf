package org.sessionpro.simulator.apple.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.sessionpro.simulator.apple.pki.Pem;

/// The key that a server identifies itself with at the App Store Server API, P-256.
public final class ApiKey {
  public static final String ISSUER = "00000000-0000-4000-8000-000000000001";
  public static final String ID = "SIMULATED1";

  private static final String PUBLIC_FILE = "api-key-public.pem";

  private final KeyPair keys;

  private ApiKey(KeyPair keys) {
    this.keys = keys;
  }

  /// A new key.
  public static ApiKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new ApiKey(generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256", impossible);
    }
  }

  /// The key that is kept in a folder, which is made there if it is absent.
  ///
  /// @throws UncheckedIOException if it cannot be read or written
  public static ApiKey open(Path folder) {
    Path file = folder.resolve(fileName());
    Path publicFile = folder.resolve(PUBLIC_FILE);
    try {
      if (Files.notExists(file)) {
        ApiKey made = generate();
        made.write(folder);
        Files.writeString(publicFile, Pem.write("PUBLIC KEY", made.keys.getPublic().getEncoded()));
      }
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new ApiKey(
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(der(publicFile))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(der(file)))));
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot keep a key in " + folder, unusable);
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException(folder + " holds no key of the App Store", malformed);
    }
  }

  /// What the file is called that App Store Connect hands out.
  public static String fileName() {
    return "AuthKey_" + ID + ".p8";
  }

  /// Writes the file that App Store Connect hands out.
  ///
  /// @return the file
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(fileName());
    // Whoever can read it can pretend to be the server.
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, p8());
    return file;
  }

  /// The text of that file.
  public String p8() {
    return Pem.write("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static byte[] der(Path file) throws IOException {
    return Pem.read(Files.readString(file));
  }

  /// Whether `signature` is this key's over `signed`, ES256.
  boolean verifies(String signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(keys.getPublic());
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "ApiKey(hidden)";
  }
}
