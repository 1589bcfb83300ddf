package org.sessionpro.backend.http.v0;

import org.sessionpro.protocol.v0.Authenticity;

/// Sentences for the people who read v0's errors.
final class V0Texts {
  private V0Texts() {}

  /// Why a request is not authentic.
  ///
  /// @param broken any but [Authenticity#AUTHENTIC]
  static String of(Authenticity broken) {
    return switch (broken) {
      case AUTHENTIC -> throw new IllegalArgumentException("nothing is wrong with the signatures");
      case BAD_MASTER_SIGNATURE -> "master_sig does not verify";
      case BAD_ROTATING_SIGNATURE -> "rotating_sig does not verify";
      case SAME_KEYS -> "rotating_pkey must differ from master_pkey";
      case BACKEND_KEY -> "a key of the request is the backend's own";
      case SAME_SIGNATURES -> "rotating_sig must differ from master_sig";
    };
  }
}
