@NullMarked
package org.sessionpro.simulator;

import org.jspecify.annotations.NullMarked;
