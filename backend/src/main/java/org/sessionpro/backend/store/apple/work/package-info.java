/// What is done about the App Store's messages and subscriptions that are owed a look.
@NullMarked
package org.sessionpro.backend.store.apple.work;

import org.jspecify.annotations.NullMarked;
