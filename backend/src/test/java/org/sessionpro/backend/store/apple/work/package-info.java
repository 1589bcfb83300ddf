@NullMarked
package org.sessionpro.backend.store.apple.work;

import org.jspecify.annotations.NullMarked;
