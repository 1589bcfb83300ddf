@NullMarked
package org.sessionpro.backend.http.v1;

import org.jspecify.annotations.NullMarked;
