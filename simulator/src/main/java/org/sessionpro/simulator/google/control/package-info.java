/// What a person or a script outside the process needs to play with the simulator: its control
/// endpoint, and the files that point a server at it.
@NullMarked
package org.sessionpro.simulator.google.control;

import org.jspecify.annotations.NullMarked;
