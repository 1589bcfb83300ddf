@NullMarked
package org.sessionpro.backend.cli.takeover;

import org.jspecify.annotations.NullMarked;
