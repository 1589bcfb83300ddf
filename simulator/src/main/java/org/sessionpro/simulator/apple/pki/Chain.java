package org.sessionpro.simulator.apple.pki;

/// The chains of certificates that something can be signed with: the store's own, and those that a
/// server must refuse (`app-store.md` §1.2, §9.1).
public enum Chain {
  /// The store's own.
  GENUINE,
  /// All is as it should be, but for the root, which nobody trusts.
  OTHER_ROOT,
  /// The leaf was valid for one day, two years ago.
  EXPIRED_LEAF,
  /// The leaf lacks its mark.
  UNMARKED_LEAF,
  /// The root is missing, so two certificates are left.
  TWO_CERTIFICATES
}
