package org.sessionpro.backend.config;

/// Everything the operator may set, checked as a whole; made by [SettingsReader].
///
/// @param dev development mode: the public development key, loopback only, `DEV.` payments
///     (`decisions.md` §6)
public record Settings(
    boolean dev,
    HttpSettings http,
    StorageSettings storage,
    KeySettings keys,
    EntitlementSettings entitlement,
    JobSettings jobs,
    LogSettings log) {}
