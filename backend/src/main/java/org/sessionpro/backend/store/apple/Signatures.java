package org.sessionpro.backend.store.apple;

import com.apple.itunes.storekit.verification.ChainVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Judges what something signed rests on, without any question to anybody (`app-store.md` §1.2): the
/// chain of certificates by Apple's library, the signature by the platform. Safe for any number of
/// threads.
///
/// Apple signs with the same few chains for years. One that holds, and under which something was indeed
/// signed, is remembered by the exact text of the header that names it, so that whatever is signed under
/// that header from then on costs one verification. What may differ from one statement to the next is looked at each
/// time: the signature, and whether every certificate that counts is valid at the instant. What does not
/// hold is remembered by nobody.
final class Signatures {
  /// More chains than Apple ever uses at once.
  static final int MOST_CHAINS = 32;

  private final ChainVerifier verifier;
  private final int most;

  /// Least recently used first.
  private final SequencedMap<String, Trusted> remembered = new LinkedHashMap<>(16, 0.75f, true);

  /// What is known of a chain that holds.
  ///
  /// @param key whose signature it vouches for
  /// @param certificates all that count
  private record Trusted(PublicKey key, List<X509Certificate> certificates) {
    /// Throws if one of them is not valid then.
    void checkValidity(Date at) throws CertificateException {
      for (X509Certificate certificate : certificates) {
        certificate.checkValidity(at);
      }
    }
  }

  /// @param most chains that are remembered
  Signatures(ChainVerifier verifier, int most) {
    this.verifier = verifier;
    this.most = most;
  }

  /// Whether somebody signed this at that instant for whom one of the roots vouches.
  boolean hold(Jws signed, Instant at) {
    try {
      Date date = Date.from(at);
      @Nullable Trusted known = remembered(signed.header());
      if (known != null) {
        known.checkValidity(date);
        return signed.isBy(known.key());
      }
      @Nullable CertificateChain chain = signed.chain().orElse(null);
      if (chain == null) {
        return false;
      }
      Trusted found = judge(chain, date);
      if (!signed.isBy(found.key())) {
        return false;
      }
      remember(signed.header(), found);
      return true;
    } catch (VerificationException | GeneralSecurityException | RuntimeException refused) {
      return false;
    }
  }

  private Trusted judge(CertificateChain chain, Date at)
      throws VerificationException, CertificateException {
    PublicKey key = verifier.verifyChain(chain.texts().toArray(String[]::new), false, at);
    return new Trusted(key, chain.counting());
  }

  private @Nullable Trusted remembered(String header) {
    synchronized (remembered) {
      return remembered.get(header);
    }
  }

  private void remember(String header, Trusted trusted) {
    synchronized (remembered) {
      remembered.put(header, trusted);
      if (remembered.size() > most) {
        remembered.pollFirstEntry();
      }
    }
  }
}
