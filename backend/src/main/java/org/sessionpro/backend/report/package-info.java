/// What happened in the past days, weeks or months, in numbers: which periods there are, and how a
/// report is shown as a table, as a file for programs, and as a page with plots.
@NullMarked
package org.sessionpro.backend.report;

import org.jspecify.annotations.NullMarked;
