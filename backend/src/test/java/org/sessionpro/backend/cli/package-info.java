@NullMarked
package org.sessionpro.backend.cli;

import org.jspecify.annotations.NullMarked;
