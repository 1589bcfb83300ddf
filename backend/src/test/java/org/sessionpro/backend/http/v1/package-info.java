/// The endpoints of v1, tested without a socket.
@NullMarked
package org.sessionpro.backend.http.v1;

import org.jspecify.annotations.NullMarked;
