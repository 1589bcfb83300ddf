/// Routes that exist in development mode only: payments and revocations on demand (`wire-v1.md`
/// §13).
@NullMarked
package org.sessionpro.backend.http.dev;

import org.jspecify.annotations.NullMarked;
