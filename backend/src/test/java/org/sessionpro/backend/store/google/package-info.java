@NullMarked
package org.sessionpro.backend.store.google;

import org.jspecify.annotations.NullMarked;
