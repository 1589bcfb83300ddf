/// Databases filled with accounts as they are on a real service, every one derived from a seed, so
/// that a load can sign for them later.
@NullMarked
package org.sessionpro.bench.fill;

import org.jspecify.annotations.NullMarked;
