/// What Google Play says of its own accord: Real-time Developer Notifications (`google-play.md` §2).
@NullMarked
package org.sessionpro.simulator.google.notice;

import org.jspecify.annotations.NullMarked;
