package org.sessionpro.backend.config;

/// A setting as people see it.
///
/// @param name in a file, `[http] port`, or in the environment if it cannot stand in one
/// @param value in words, an empty string for none; what is secret is replaced by `***`
/// @param source where it was set, for example `/etc/pro.ini:12`, or [#DEFAULT]
public record ShownSetting(String name, String value, String source) {
  /// The source of what nobody has set.
  public static final String DEFAULT = "default";
}
