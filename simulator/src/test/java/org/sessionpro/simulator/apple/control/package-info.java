@NullMarked
package org.sessionpro.simulator.apple.control;

import org.jspecify.annotations.NullMarked;
