@NullMarked
package org.sessionpro.simulator.apple.pki;

import org.jspecify.annotations.NullMarked;
