@NullMarked
package org.sessionpro.simulator.google.control;

import org.jspecify.annotations.NullMarked;
