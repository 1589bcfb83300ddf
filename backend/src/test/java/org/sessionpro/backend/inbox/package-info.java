@NullMarked
package org.sessionpro.backend.inbox;

import org.jspecify.annotations.NullMarked;
