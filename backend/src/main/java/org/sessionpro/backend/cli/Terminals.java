package org.sessionpro.backend.cli;

import java.io.IOException;

/// Whether what the program writes is shown to a person at once, or kept.
public interface Terminals {
  /// Everything is kept.
  Terminals NONE =
      new Terminals() {
        @Override
        public boolean showsResults() {
          return false;
        }

        @Override
        public boolean showsErrors() {
          return false;
        }
      };

  /// Whether results go to a terminal.
  boolean showsResults();

  /// Whether errors go to a terminal.
  boolean showsErrors();

  /// Those of this process. The platform's console tells of both directions of results together and
  /// nothing of errors, so the system is asked.
  static Terminals ofProcess() {
    return new Terminals() {
      @Override
      public boolean showsResults() {
        return isTerminal(1);
      }

      @Override
      public boolean showsErrors() {
        return isTerminal(2);
      }
    };
  }

  /// Asks a child that has our descriptors: `test -t` is part of every system that we run on.
  private static boolean isTerminal(int descriptor) {
    try {
      return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
              .inheritIO()
              .start()
              .waitFor()
          == 0;
    } catch (IOException unknown) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
