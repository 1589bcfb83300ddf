@NullMarked
package org.sessionpro.simulator.google.script;

import org.jspecify.annotations.NullMarked;
