/// What runs without being asked: each job on one process of all that share the database.
@NullMarked
package org.sessionpro.backend.jobs;

import org.jspecify.annotations.NullMarked;
