/// Runs fuzz targets, coverage-guided, in processes of their own.
@NullMarked
package org.sessionpro.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
