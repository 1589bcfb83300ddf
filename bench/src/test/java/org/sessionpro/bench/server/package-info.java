@NullMarked
package org.sessionpro.bench.server;

import org.jspecify.annotations.NullMarked;
