/// What the stores have in common: how they are asked and read, how their answers are told apart, and
/// when they may be asked (`decisions-stores.md` §1).
@NullMarked
package org.sessionpro.backend.store;

import org.jspecify.annotations.NullMarked;
