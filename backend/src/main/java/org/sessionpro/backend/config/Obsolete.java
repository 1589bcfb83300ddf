package org.sessionpro.backend.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Settings of earlier servers that mean nothing any more (`operator-v0.md` §1.1, `operator-v1.md`
/// §1.1). They stop no start, and the operator is told what to do instead.
enum Obsolete {
  PLATFORM_TESTING_ENV,
  PROVIDER_TESTING_ENV;

  private static final String SECTION = "base";

  static List<Obsolete> all() {
    return List.of(values());
  }

  /// The one of that name in a file.
  static Optional<Obsolete> inFile(String section, String key) {
    return all().stream().filter(it -> section.equals(SECTION) && it.key().equals(key)).findFirst();
  }

  /// Name in its section.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Name in the environment.
  String variable() {
    return Setting.ENVIRONMENT_PREFIX + name();
  }

  /// What to do, as in [SettingSource.Warning].
  String advice() {
    return "has no effect any more, for the rules are the same in every environment: remove it, and"
        + " use [apple] sandbox_env or [google] accept_test_purchases for purchases of testers";
  }
}
