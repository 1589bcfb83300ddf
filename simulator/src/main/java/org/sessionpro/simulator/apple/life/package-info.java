/// Lives by chance, and the truth about them: what a server must believe once it has been told
/// everything (`decisions-stores.md` §7).
@NullMarked
package org.sessionpro.simulator.apple.life;

import org.jspecify.annotations.NullMarked;
