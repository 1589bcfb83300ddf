/// What those who run the service ask for about all accounts together: `pro report`. Only reads.
@NullMarked
package org.sessionpro.backend.cli.report;

import org.jspecify.annotations.NullMarked;
