/// Attacks on a server, and what becomes of it and of those who mean well meanwhile.
@NullMarked
package org.sessionpro.bench.hostile;

import org.jspecify.annotations.NullMarked;
