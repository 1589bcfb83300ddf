/// What protocol v0 must read, refuse, hash and write.
@NullMarked
package org.sessionpro.protocol.v0;

import org.jspecify.annotations.NullMarked;
