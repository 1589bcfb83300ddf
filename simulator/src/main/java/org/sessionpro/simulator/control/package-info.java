/// What a person or a script outside the process needs to play with a simulated store, whichever store
/// it is.
@NullMarked
package org.sessionpro.simulator.control;

import org.jspecify.annotations.NullMarked;
