package org.sessionpro.backend.scenario;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// While the tests of a class run, the platform computes signatures by a native library where that
/// loads: a simulated App Store and a server sign and verify by the hundred in each life, and Java alone
/// takes ten times as long for that.
final class NativeSignatures implements BeforeAllCallback, AfterAllCallback {
  private static final AmazonCorrettoCryptoProvider LIBRARY = AmazonCorrettoCryptoProvider.INSTANCE;

  @Override
  public void beforeAll(ExtensionContext context) {
    if (LIBRARY.getLoadingError() == null) {
      Security.insertProviderAt(LIBRARY, 1);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Security.removeProvider(LIBRARY.getName());
  }
}
