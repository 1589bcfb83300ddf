package org.sessionpro.backend.store.apple;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.protocol.TransactionId;

/// An App Store that is asked for the list of its notifications, and for nothing else.
public interface PagesOnly extends AppStoreApi {
  @Override
  default StoreAnswer<List<Standing>> statuses(TransactionId any) {
    throw new AssertionError("nobody asks for this");
  }

  @Override
  default StoreAnswer<HistoryPage> history(TransactionId any, @Nullable Revision after) {
    throw new AssertionError("nobody asks for this");
  }

  @Override
  default StoreAnswer<TestToken> requestTest() {
    throw new AssertionError("nobody asks for this");
  }

  @Override
  default StoreAnswer<TestResult> testResult(TestToken token) {
    throw new AssertionError("nobody asks for this");
  }
}
