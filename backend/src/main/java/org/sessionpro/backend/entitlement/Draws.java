package org.sessionpro.backend.entitlement;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;

/// What an account draws at random.
public interface Draws {
  /// 32 bytes that nobody can guess or link.
  RevocationTag tag();

  /// Uniform in 0…86 399 s.
  ProofOffset offset();

  /// Positive, uniform in 1…2⁶³ − 1.
  AccountId account();

  /// Draws from a cryptographic source.
  static Draws from(SecureRandom random) {
    return drawing(random);
  }

  /// Draws from any source; for tests that repeat a run by its seed.
  static Draws drawing(RandomGenerator random) {
    return new Draws() {
      @Override
      public RevocationTag tag() {
        byte[] bytes = new byte[RevocationTag.SIZE];
        random.nextBytes(bytes);
        return new RevocationTag(ByteString.of(bytes));
      }

      @Override
      public ProofOffset offset() {
        return new ProofOffset(random.nextInt(ProofOffset.COUNT));
      }

      @Override
      public AccountId account() {
        return new AccountId(random.nextLong(1, Long.MAX_VALUE));
      }
    };
  }
}
