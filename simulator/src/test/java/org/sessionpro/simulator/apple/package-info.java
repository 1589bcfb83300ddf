@NullMarked
package org.sessionpro.simulator.apple;

import org.jspecify.annotations.NullMarked;
