@NullMarked
package org.sessionpro.backend.takeover;

import org.jspecify.annotations.NullMarked;
