/// What a person outside the process needs to play with a simulated App Store: what stands in it, and
/// the files that point a server at it.
@NullMarked
package org.sessionpro.simulator.apple.control;

import org.jspecify.annotations.NullMarked;
