/// A simulated store's HTTP server: on loopback, counting what is asked, and failing as told.
@NullMarked
package org.sessionpro.simulator.http;

import org.jspecify.annotations.NullMarked;
