/// Google Play and Pub/Sub over HTTP: the endpoints and resources of `google-play.md` §4, §8 and
/// §12.1, field by field, and the OAuth server that lets callers in.
@NullMarked
package org.sessionpro.simulator.google.api;

import org.jspecify.annotations.NullMarked;
