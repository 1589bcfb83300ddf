@NullMarked
package org.sessionpro.simulator.google.play;

import org.jspecify.annotations.NullMarked;
