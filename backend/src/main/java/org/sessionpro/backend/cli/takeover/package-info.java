/// `pro import`: takes over what another service kept.
@NullMarked
package org.sessionpro.backend.cli.takeover;

import org.jspecify.annotations.NullMarked;
