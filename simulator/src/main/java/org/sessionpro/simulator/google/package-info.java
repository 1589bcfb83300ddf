/// Google Play and its Pub/Sub as one simulator: put together, started, configured, controlled.
@NullMarked
package org.sessionpro.simulator.google;

import org.jspecify.annotations.NullMarked;
