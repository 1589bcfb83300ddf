@NullMarked
package org.sessionpro.simulator.script;

import org.jspecify.annotations.NullMarked;
