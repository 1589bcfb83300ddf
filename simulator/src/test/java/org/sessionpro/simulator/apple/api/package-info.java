@NullMarked
package org.sessionpro.simulator.apple.api;

import org.jspecify.annotations.NullMarked;
