/// Payments out of nothing, for servers in development mode: no store knows of them.
@NullMarked
package org.sessionpro.backend.store.development;

import org.jspecify.annotations.NullMarked;
