@NullMarked
package org.sessionpro.simulator.google.api;

import org.jspecify.annotations.NullMarked;
