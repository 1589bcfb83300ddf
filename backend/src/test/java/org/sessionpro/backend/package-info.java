@NullMarked
package org.sessionpro.backend;

import org.jspecify.annotations.NullMarked;
