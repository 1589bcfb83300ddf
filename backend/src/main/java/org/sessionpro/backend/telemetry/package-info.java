/// What the server tells its operator: log lines, with every identifier masked.
@NullMarked
package org.sessionpro.backend.telemetry;

import org.jspecify.annotations.NullMarked;
