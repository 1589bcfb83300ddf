/// The words for what the App Store tells a server of its own accord (`app-store.md` §4).
@NullMarked
package org.sessionpro.simulator.apple.notice;

import org.jspecify.annotations.NullMarked;
