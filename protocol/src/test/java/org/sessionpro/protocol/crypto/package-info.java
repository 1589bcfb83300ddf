/// Known answers, forgeries and properties of the cryptography, over every library that can compute
/// it.
@NullMarked
package org.sessionpro.protocol.crypto;

import org.jspecify.annotations.NullMarked;
