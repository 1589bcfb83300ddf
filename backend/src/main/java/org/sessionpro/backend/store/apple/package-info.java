/// The App Store: its vocabulary, what its signed statements mean here, and the one way to ask it
/// (`app-store.md`).
@NullMarked
package org.sessionpro.backend.store.apple;

import org.jspecify.annotations.NullMarked;
