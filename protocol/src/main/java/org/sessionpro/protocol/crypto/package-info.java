/// Cryptography behind one small interface, [org.sessionpro.protocol.crypto.Crypto]; which library
/// computes what is decided at start by a self-test.
@NullMarked
package org.sessionpro.protocol.crypto;

import org.jspecify.annotations.NullMarked;
