@NullMarked
package org.sessionpro.backend.telemetry;

import org.jspecify.annotations.NullMarked;
