/// The routes of clients, tested over real sockets.
@NullMarked
package org.sessionpro.backend.http.clients;

import org.jspecify.annotations.NullMarked;
