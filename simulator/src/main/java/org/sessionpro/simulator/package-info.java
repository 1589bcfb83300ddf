/// The outside world as tests and demonstrations see it: stores that behave like the real ones, on a
/// clock that is moved by hand.
@NullMarked
package org.sessionpro.simulator;

import org.jspecify.annotations.NullMarked;
