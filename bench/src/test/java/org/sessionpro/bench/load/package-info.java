@NullMarked
package org.sessionpro.bench.load;

import org.jspecify.annotations.NullMarked;
