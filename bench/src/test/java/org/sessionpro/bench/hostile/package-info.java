@NullMarked
package org.sessionpro.bench.hostile;

import org.jspecify.annotations.NullMarked;
