/// `pro client`: a small client of both protocols, directly or through onion requests, and an offline
/// verifier. Shares no code with the server's side of the routes.
@NullMarked
package org.sessionpro.backend.cli.client;

import org.jspecify.annotations.NullMarked;
