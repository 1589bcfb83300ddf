/// The routes of clients, asked over real sockets, directly and through an onion, of whole servers
/// on both engines. What only one protocol has is tested in the package of that protocol.
@NullMarked
package org.sessionpro.backend.http.clients;

import org.jspecify.annotations.NullMarked;
