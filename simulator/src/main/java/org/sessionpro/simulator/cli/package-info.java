/// The command line of `pro simulate`.
@NullMarked
package org.sessionpro.simulator.cli;

import org.jspecify.annotations.NullMarked;
