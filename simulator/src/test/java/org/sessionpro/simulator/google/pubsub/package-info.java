@NullMarked
package org.sessionpro.simulator.google.pubsub;

import org.jspecify.annotations.NullMarked;
