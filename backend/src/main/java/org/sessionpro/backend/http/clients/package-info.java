/// The routes of clients: every endpoint of both protocols at its path.
@NullMarked
package org.sessionpro.backend.http.clients;

import org.jspecify.annotations.NullMarked;
