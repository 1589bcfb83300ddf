@NullMarked
package org.sessionpro.bench;

import org.jspecify.annotations.NullMarked;
