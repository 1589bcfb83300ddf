/// JMH benchmarks of what a request costs inside the process. Run by `pro bench micro`.
@NullMarked
package org.sessionpro.bench.micro;

import org.jspecify.annotations.NullMarked;
