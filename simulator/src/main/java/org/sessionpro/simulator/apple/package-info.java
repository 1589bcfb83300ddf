/// The App Store as one simulator: put together, started, configured, controlled.
@NullMarked
package org.sessionpro.simulator.apple;

import org.jspecify.annotations.NullMarked;
