/// What is done about Google Play's notifications and about what is owed to it, item by item of the
/// inbox (`google-play.md` §2, §3, §7, §8).
@NullMarked
package org.sessionpro.backend.store.google.work;

import org.jspecify.annotations.NullMarked;
