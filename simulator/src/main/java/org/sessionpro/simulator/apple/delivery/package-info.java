/// The way of notifications from the store to a server's webhook, and the store's memory of them
/// (`app-store.md` §1.1, §1.4).
@NullMarked
package org.sessionpro.simulator.apple.delivery;

import org.jspecify.annotations.NullMarked;
