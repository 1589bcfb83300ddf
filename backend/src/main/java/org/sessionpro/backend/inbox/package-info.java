/// The durable queue of what is owed to stores and purchases: what stores told us, once each, and
/// the work that follows, which waits, is leased, is tried again, or is parked for a human
/// (`decisions-stores.md` §1 and §5, `google-play.md` §3).
@NullMarked
package org.sessionpro.backend.inbox;

import org.jspecify.annotations.NullMarked;
