/// Scenarios on the App Store: the words of its scripts, and the stage that they play on.
@NullMarked
package org.sessionpro.simulator.apple.script;

import org.jspecify.annotations.NullMarked;
