package org.sessionpro.simulator.google.play;

import org.jspecify.annotations.Nullable;

/// What the app told Play about whose purchase it is.
///
/// @param accountId the obfuscated account id, at most 64 characters
/// @param profileId the obfuscated profile id; null if none was given
public record ExternalIds(String accountId, @Nullable String profileId) {
  private static final int MAX_LENGTH = 64;

  public ExternalIds {
    if (accountId.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("an obfuscated account id has at most 64 characters");
    }
  }

  public static ExternalIds ofAccount(String accountId) {
    return new ExternalIds(accountId, null);
  }

  @Override
  public String toString() {
    return "ExternalIds(hidden)";
  }
}
