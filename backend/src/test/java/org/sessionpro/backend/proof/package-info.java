@NullMarked
package org.sessionpro.backend.proof;

import org.jspecify.annotations.NullMarked;
