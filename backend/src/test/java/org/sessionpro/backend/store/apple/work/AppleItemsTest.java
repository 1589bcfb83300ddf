package org.sessionpro.backend.store.apple.work;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.store.apple.Said;

/// Gives each test of a class an [AppleRig] of its own, on either engine.
@ParameterizedClass
@EnumSource(Engine.class)
abstract class AppleItemsTest {
  static final Said FIRST = Said.cycle(1);
  static final Said SECOND = Said.cycle(2);

  @Parameter Engine engine;
  @TempDir Path folder;
  AppleRig it;

  @BeforeEach
  void open() {
    it = new AppleRig(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }
}
