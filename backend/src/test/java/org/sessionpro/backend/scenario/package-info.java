/// The server and a simulated Google Play, side by side: the scenarios of the contract, and lives by
/// chance (`google-play.md` §12, `decisions-stores.md` §7).
@NullMarked
package org.sessionpro.backend.scenario;

import org.jspecify.annotations.NullMarked;
