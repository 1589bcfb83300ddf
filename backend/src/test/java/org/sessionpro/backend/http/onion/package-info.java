/// The onion route, tested over real sockets.
@NullMarked
package org.sessionpro.backend.http.onion;

import org.jspecify.annotations.NullMarked;
