/// How fast it is: benchmarks of the parts and a load generator for the whole.
@NullMarked
package org.sessionpro.bench;

import org.jspecify.annotations.NullMarked;
