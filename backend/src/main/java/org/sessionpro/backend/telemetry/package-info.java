/// What the server tells its operator: log lines, with every identifier masked, and what it counts.
@NullMarked
package org.sessionpro.backend.telemetry;

import org.jspecify.annotations.NullMarked;
