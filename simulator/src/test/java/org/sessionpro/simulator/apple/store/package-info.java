@NullMarked
package org.sessionpro.simulator.apple.store;

import org.jspecify.annotations.NullMarked;
