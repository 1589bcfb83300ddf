package org.sessionpro.backend.takeover.source;

/// A row of `revocations` of March 2026 (`import-python.md` §2.3), in milliseconds.
///
/// @param index of a generation, not always an account's current one
/// @param creation when the store says that it was refunded; 0 in rows of earlier versions
/// @param expiry until when it is listed, before it is rounded up to a day
public record V0Revocation(long index, long creation, long expiry) {}
