@NullMarked
package org.sessionpro.backend.cli.inspection;

import org.jspecify.annotations.NullMarked;
