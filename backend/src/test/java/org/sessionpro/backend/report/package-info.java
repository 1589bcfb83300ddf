@NullMarked
package org.sessionpro.backend.report;

import org.jspecify.annotations.NullMarked;
