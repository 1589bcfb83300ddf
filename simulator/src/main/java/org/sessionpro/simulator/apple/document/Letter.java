package org.sessionpro.simulator.apple.document;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.store.Notice;

/// A notification that is to be signed.
///
/// @param about when what it tells happened, which its inner parts bear as the time of their signing
/// @param spoilage null if it is as it should be
public record Letter(UUID uuid, Notice notice, Instant about, @Nullable Spoilage spoilage) {}
