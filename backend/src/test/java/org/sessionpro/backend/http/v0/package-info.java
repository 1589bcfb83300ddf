/// The endpoints of v0, tested without a socket.
@NullMarked
package org.sessionpro.backend.http.v0;

import org.jspecify.annotations.NullMarked;
