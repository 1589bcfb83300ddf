package org.sessionpro.backend.telemetry;

/// A stand-in for an identifier that may be logged; made by [IdentifierMask].
///
/// @param text the kind of identifier and ten hex digits, for example `master:3f09a1c2d4`
public record Masked(String text) {
  @Override
  public String toString() {
    return text;
  }
}
