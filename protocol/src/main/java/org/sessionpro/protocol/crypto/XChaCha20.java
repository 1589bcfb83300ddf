package org.sessionpro.protocol.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What XChaCha20-Poly1305 adds to ChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): HChaCha20, which
/// turns the key and the first 16 bytes of a 24-byte nonce into a subkey.
final class XChaCha20 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /// Part of the nonce that HChaCha20 consumes, in bytes.
  private static final int INPUT_SIZE = 16;

  private XChaCha20() {}

  /// The key of the inner ChaCha20-Poly1305, 32 bytes.
  ///
  /// @param key 32 bytes
  /// @param nonce its first 16 bytes are used
  static byte[] subkey(byte[] key, byte[] nonce) {
    int[] state = new int[16];
    state[0] = 0x61707865;
    state[1] = 0x3320646e;
    state[2] = 0x79622d32;
    state[3] = 0x6b206574;
    for (int i = 0; i < 8; i++) {
      state[4 + i] = (int) WORD.get(key, 4 * i);
    }
    for (int i = 0; i < 4; i++) {
      state[12 + i] = (int) WORD.get(nonce, 4 * i);
    }
    for (int round = 0; round < 10; round++) {
      quarterRound(state, 0, 4, 8, 12);
      quarterRound(state, 1, 5, 9, 13);
      quarterRound(state, 2, 6, 10, 14);
      quarterRound(state, 3, 7, 11, 15);
      quarterRound(state, 0, 5, 10, 15);
      quarterRound(state, 1, 6, 11, 12);
      quarterRound(state, 2, 7, 8, 13);
      quarterRound(state, 3, 4, 9, 14);
    }
    byte[] subkey = new byte[32];
    for (int i = 0; i < 4; i++) {
      WORD.set(subkey, 4 * i, state[i]);
      WORD.set(subkey, 16 + 4 * i, state[12 + i]);
    }
    return subkey;
  }

  /// The nonce of the inner ChaCha20-Poly1305: four zero bytes, then the rest of the 24.
  static byte[] innerNonce(byte[] nonce) {
    byte[] inner = new byte[12];
    System.arraycopy(nonce, INPUT_SIZE, inner, 4, 8);
    return inner;
  }

  private static void quarterRound(int[] x, int a, int b, int c, int d) {
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
  }
}
