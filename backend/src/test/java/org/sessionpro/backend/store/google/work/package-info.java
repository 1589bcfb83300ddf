@NullMarked
package org.sessionpro.backend.store.google.work;

import org.jspecify.annotations.NullMarked;
