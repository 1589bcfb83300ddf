/// The onion v4 envelope in both directions (`onion-requests.md`).
@NullMarked
package org.sessionpro.protocol.onion;

import org.jspecify.annotations.NullMarked;
