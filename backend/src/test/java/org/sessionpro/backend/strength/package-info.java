/// What becomes of everything that was acknowledged when processes are killed, when many work on the
/// same account, when disks are full, databases gone and clocks wrong.
@NullMarked
package org.sessionpro.backend.strength;

import org.jspecify.annotations.NullMarked;
