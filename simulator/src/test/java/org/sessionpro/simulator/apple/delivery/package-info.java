@NullMarked
package org.sessionpro.simulator.apple.delivery;

import org.jspecify.annotations.NullMarked;
