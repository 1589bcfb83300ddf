package org.sessionpro.backend.db;

import java.util.regex.Pattern;

/// What a [Lease] is about, for example `google.pull`.
///
/// @param text words of lower-case letters and digits, joined by `.` or `-`
public record LeaseName(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

  public LeaseName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a lease is named by words in lower case");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
