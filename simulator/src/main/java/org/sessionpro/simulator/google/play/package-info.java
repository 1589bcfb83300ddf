/// Google Play itself: purchases, billing, refunds, on a clock that moves from event to event.
///
/// What is known about Play comes from `google-play.md`; where that names open points, a [Quirk]
/// chooses among the answers.
@NullMarked
package org.sessionpro.simulator.google.play;

import org.jspecify.annotations.NullMarked;
