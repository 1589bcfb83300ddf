/// What is for whoever runs the server: metrics, and whether requests should come here.
@NullMarked
package org.sessionpro.backend.http.ops;

import org.jspecify.annotations.NullMarked;
