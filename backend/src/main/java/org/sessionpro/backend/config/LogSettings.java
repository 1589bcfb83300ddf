package org.sessionpro.backend.config;

/// What is logged.
///
/// @param level least severity that is written, default INFO
public record LogSettings(LogLevel level) {}
