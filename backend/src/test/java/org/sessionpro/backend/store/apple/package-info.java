/// Tests of what the App Store's statements mean here.
@NullMarked
package org.sessionpro.backend.store.apple;

import org.jspecify.annotations.NullMarked;
