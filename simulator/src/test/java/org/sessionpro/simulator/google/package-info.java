@NullMarked
package org.sessionpro.simulator.google;

import org.jspecify.annotations.NullMarked;
