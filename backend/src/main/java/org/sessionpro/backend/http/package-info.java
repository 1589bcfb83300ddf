/// The HTTP floor: one server, one table of routes, one answer to every request (`decisions.md` §1).
///
/// Routes see an [org.sessionpro.backend.http.Exchange] and give a
/// [org.sessionpro.backend.http.Reply]; whether it arrived over a socket or inside an onion makes
/// no difference to them.
@NullMarked
package org.sessionpro.backend.http;

import org.jspecify.annotations.NullMarked;
