package org.sessionpro.backend.store.google;

/// The file with the service account cannot be used; the message says why without quoting it, and
/// goes on after the file's name.
public final class CredentialsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CredentialsRefused(String why) {
    super(why, null, false, false);
  }
}
