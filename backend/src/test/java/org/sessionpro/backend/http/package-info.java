/// The HTTP floor, tested over real sockets.
@NullMarked
package org.sessionpro.backend.http;

import org.jspecify.annotations.NullMarked;
