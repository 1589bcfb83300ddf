package org.sessionpro.simulator.apple.pki;

import java.util.Base64;

/// The text form of keys and certificates.
public final class Pem {
  private static final int LINE = 64;
  private static final byte[] LINE_END = {'\n'};

  private Pem() {}

  /// The text of such bytes.
  ///
  /// @param what it is, as in `PRIVATE KEY`
  public static String write(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(LINE, LINE_END).encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }

  /// The bytes behind such a text.
  ///
  /// @throws IllegalArgumentException if it is no such text
  public static byte[] read(String text) {
    StringBuilder body = new StringBuilder();
    text.lines().filter(line -> !line.startsWith("-----")).forEach(body::append);
    return Base64.getDecoder().decode(body.toString().strip());
  }
}
