@NullMarked
package org.sessionpro.backend.db;

import org.jspecify.annotations.NullMarked;
