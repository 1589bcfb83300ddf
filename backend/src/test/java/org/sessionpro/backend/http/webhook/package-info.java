@NullMarked
package org.sessionpro.backend.http.webhook;

import org.jspecify.annotations.NullMarked;
