@NullMarked
package org.sessionpro.simulator.apple.life;

import org.jspecify.annotations.NullMarked;
