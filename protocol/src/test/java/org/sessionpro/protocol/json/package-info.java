/// Tests of strict JSON.
@NullMarked
package org.sessionpro.protocol.json;

import org.jspecify.annotations.NullMarked;
