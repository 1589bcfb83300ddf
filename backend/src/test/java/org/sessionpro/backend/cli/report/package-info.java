@NullMarked
package org.sessionpro.backend.cli.report;

import org.jspecify.annotations.NullMarked;
