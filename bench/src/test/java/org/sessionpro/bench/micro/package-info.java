@NullMarked
package org.sessionpro.bench.micro;

import org.jspecify.annotations.NullMarked;
