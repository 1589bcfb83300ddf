/// Cloud Pub/Sub as far as a consumer of Play's notifications sees it: one topic, one subscription,
/// and everything that can go wrong on the way (`google-play.md` §2, §12.2).
@NullMarked
package org.sessionpro.simulator.google.pubsub;

import org.jspecify.annotations.NullMarked;
