/// The onion route (`onion-requests.md`): opens the envelope, has the request inside answered by the
/// same routes as a direct one, and seals the answer.
@NullMarked
package org.sessionpro.backend.http.onion;

import org.jspecify.annotations.NullMarked;
