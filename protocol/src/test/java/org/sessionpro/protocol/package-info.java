/// Tests of the shared vocabulary.
@NullMarked
package org.sessionpro.protocol;

import org.jspecify.annotations.NullMarked;
