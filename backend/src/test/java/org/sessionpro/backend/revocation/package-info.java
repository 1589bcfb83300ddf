/// The revocation list, tested on real databases.
@NullMarked
package org.sessionpro.backend.revocation;

import org.jspecify.annotations.NullMarked;
