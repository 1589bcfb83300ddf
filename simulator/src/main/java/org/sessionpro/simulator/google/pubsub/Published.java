package org.sessionpro.simulator.google.pubsub;

import java.time.Instant;
import org.sessionpro.simulator.google.notice.Notice;

/// A notification that Play published, whatever became of it.
///
/// @param number counts all of them from 1
public record Published(long number, Instant eventTime, Notice notice, Handling handling) {}
