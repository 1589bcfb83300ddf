@NullMarked
package org.sessionpro.bench.fill;

import org.jspecify.annotations.NullMarked;
