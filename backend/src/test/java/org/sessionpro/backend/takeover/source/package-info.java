/// Tests of sources of takeovers.
@NullMarked
package org.sessionpro.backend.takeover.source;

import org.jspecify.annotations.NullMarked;
