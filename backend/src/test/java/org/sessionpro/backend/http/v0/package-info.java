@NullMarked
package org.sessionpro.backend.http.v0;

import org.jspecify.annotations.NullMarked;
