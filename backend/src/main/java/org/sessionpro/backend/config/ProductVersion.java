package org.sessionpro.backend.config;

import java.util.Objects;

/// The version of this program, as the build wrote it into the jar.
public final class ProductVersion {
  private ProductVersion() {}

  /// For example `0.1.0-SNAPSHOT`; `unpackaged` when the program does not run from its jar.
  public static String current() {
    return Objects.requireNonNullElse(
        ProductVersion.class.getPackage().getImplementationVersion(), "unpackaged");
  }
}
