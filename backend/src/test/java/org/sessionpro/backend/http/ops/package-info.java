@NullMarked
package org.sessionpro.backend.http.ops;

import org.jspecify.annotations.NullMarked;
