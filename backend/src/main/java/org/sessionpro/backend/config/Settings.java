package org.sessionpro.backend.config;

/// Everything the operator may set, checked as a whole; made by [SettingsReader].
///
/// @param development whether the server is in development mode
public record Settings(
    DevelopmentSettings development,
    HttpSettings http,
    StorageSettings storage,
    KeySettings keys,
    EntitlementSettings entitlement,
    JobSettings jobs,
    LogSettings log) {

  /// Settings of a server that goes by the system's clock.
  ///
  /// @param dev whether it is in development mode
  public Settings(
      boolean dev,
      HttpSettings http,
      StorageSettings storage,
      KeySettings keys,
      EntitlementSettings entitlement,
      JobSettings jobs,
      LogSettings log) {
    this(new DevelopmentSettings(dev, null), http, storage, keys, entitlement, jobs, log);
  }

  /// Development mode: the public development key, loopback only, `DEV.` payments (`decisions.md`
  /// §6).
  public boolean dev() {
    return development.on();
  }
}
