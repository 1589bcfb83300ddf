@NullMarked
package org.sessionpro.backend.http.dev;

import org.jspecify.annotations.NullMarked;
