/// Tests of protocol v1: rules one by one, known answers, properties and golden documents.
@NullMarked
package org.sessionpro.protocol.v1;

import org.jspecify.annotations.NullMarked;
