/// The load generator: requests as clients make them, sent over connections that stay open, every
/// answer checked.
@NullMarked
package org.sessionpro.bench.load;

import org.jspecify.annotations.NullMarked;
