package org.sessionpro.backend.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

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

  /// How many characters a line of the terminal holds, as far as it tells.
  default int columns() {
    return Integer.MAX_VALUE;
  }

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

      @Override
      public int columns() {
        return askedColumns();
      }
    };
  }

  /// Asks a child about the terminal that we were started from.
  private static int askedColumns() {
    try {
      Process child = new ProcessBuilder("sh", "-c", "stty size 2>/dev/null </dev/tty").start();
      String answer = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] words = answer.strip().split(" ", -1);
      return child.waitFor() == 0 && words.length == 2 && words[1].matches("[1-9][0-9]{0,5}")
          ? Integer.parseInt(words[1])
          : Integer.MAX_VALUE;
    } catch (IOException unknown) {
      return Integer.MAX_VALUE;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Integer.MAX_VALUE;
    }
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
