package org.sessionpro.protocol.onion;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;

/// Randomness that a known answer was made with: hands out given byte strings in order.
final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient Queue<byte[]> draws = new ArrayDeque<>();

  FixedRandom(String... hex) {
    Arrays.stream(hex).map(HexFormat.of()::parseHex).forEach(draws::add);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    byte[] draw = draws.remove();
    if (draw.length != bytes.length) {
      throw new IllegalStateException(bytes.length + " bytes asked, " + draw.length + " prepared");
    }
    System.arraycopy(draw, 0, bytes, 0, bytes.length);
  }
}
