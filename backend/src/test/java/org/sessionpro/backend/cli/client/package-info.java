@NullMarked
package org.sessionpro.backend.cli.client;

import org.jspecify.annotations.NullMarked;
