/// The served revocation list as an immutable snapshot.
@NullMarked
package org.sessionpro.backend.revocation;

import org.jspecify.annotations.NullMarked;
