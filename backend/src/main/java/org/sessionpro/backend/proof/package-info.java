/// The signing key and what it signs.
@NullMarked
package org.sessionpro.backend.proof;

import org.jspecify.annotations.NullMarked;
