/// Google Play: its vocabulary, what its statements mean here, and the one way to ask it
/// (`google-play.md`).
@NullMarked
package org.sessionpro.backend.store.google;

import org.jspecify.annotations.NullMarked;
