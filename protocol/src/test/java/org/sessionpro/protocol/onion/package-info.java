/// Known answers and properties of the onion v4 envelope.
@NullMarked
package org.sessionpro.protocol.onion;

import org.jspecify.annotations.NullMarked;
