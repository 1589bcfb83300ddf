@NullMarked
package org.sessionpro.simulator.google.life;

import org.jspecify.annotations.NullMarked;
