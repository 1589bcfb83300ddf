/// The Session Pro server: wiring only; every floor below has a package of its own.
@NullMarked
package org.sessionpro.backend;

import org.jspecify.annotations.NullMarked;
