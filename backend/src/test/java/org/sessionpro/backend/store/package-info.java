@NullMarked
package org.sessionpro.backend.store;

import org.jspecify.annotations.NullMarked;
