/// The outside world as tests and demonstrations see it: a clock that is moved by hand.
@NullMarked
package org.sessionpro.simulator;

import org.jspecify.annotations.NullMarked;
