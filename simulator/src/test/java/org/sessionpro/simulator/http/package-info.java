@NullMarked
package org.sessionpro.simulator.http;

import org.jspecify.annotations.NullMarked;
