package org.sessionpro.backend.store.apple;

import com.apple.itunes.storekit.model.DecodedSignedData;
import java.io.Serial;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// What something signed says, in the form that Apple's library fills without looking at it: its own
/// types give up on a payload as a whole where one member is not as they expect.
///
/// Of use for the instant of the signature only; [SignedJson] reads the rest.
final class Claims extends LinkedHashMap<String, Object> implements DecodedSignedData {
  @Serial private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Long getSignedDate() {
    return get("signedDate") instanceof Number millis ? (Long) millis.longValue() : null;
  }
}
