@NullMarked
package org.sessionpro.simulator.apple.script;

import org.jspecify.annotations.NullMarked;
