/// Protocol generation v0 in both directions, as the released clients speak it (`wire-v0.md`).
@NullMarked
package org.sessionpro.protocol.v0;

import org.jspecify.annotations.NullMarked;
