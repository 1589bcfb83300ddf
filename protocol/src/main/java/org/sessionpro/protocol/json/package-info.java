/// Strict JSON in, plain JSON out: RFC 8259 in UTF-8 with the leniencies that the contract names
/// (`decisions.md` §1) and no others.
@NullMarked
package org.sessionpro.protocol.json;

import org.jspecify.annotations.NullMarked;
