/// Scenarios on Google Play: the words of its scripts, and the stage that they play on.
@NullMarked
package org.sessionpro.simulator.google.script;

import org.jspecify.annotations.NullMarked;
