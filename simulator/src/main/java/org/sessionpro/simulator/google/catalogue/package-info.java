/// What the simulated app sells on Google Play.
@NullMarked
package org.sessionpro.simulator.google.catalogue;

import org.jspecify.annotations.NullMarked;
