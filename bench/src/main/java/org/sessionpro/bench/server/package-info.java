/// A server of one's own to put under load.
@NullMarked
package org.sessionpro.bench.server;

import org.jspecify.annotations.NullMarked;
