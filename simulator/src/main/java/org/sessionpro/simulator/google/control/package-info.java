/// What a person outside the process needs to play with a simulated Google Play: what stands in it, and
/// the files that point a server at it.
@NullMarked
package org.sessionpro.simulator.google.control;

import org.jspecify.annotations.NullMarked;
