package org.sessionpro.backend.cli;

/// Shows a person at a terminal how far a long command has come, on standard error; shows nobody else
/// anything.
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final int ALL = 100;

  private final Shell shell;
  private final boolean watched;
  private long total;
  private long parts;
  private int widest;

  public Progress(Shell shell) {
    this.shell = shell;
    this.watched = shell.terminals().showsErrors();
  }

  /// Whether anybody looks at it.
  public boolean isWatched() {
    return watched;
  }

  /// Says how much there is to do.
  ///
  /// @param all 0 if nobody knows
  public void expect(long all) {
    total = all;
  }

  /// Shows that `done` of it is done.
  ///
  /// @param words what else there is to say
  public void at(long done, String words) {
    if (!watched) {
      return;
    }
    String line = total > 0 ? bar(Math.clamp(done * ALL / total, 0, ALL)) + "  " + words : words;
    widest = Math.max(widest, line.length());
    shell.err().print("\r" + line + " ".repeat(widest - line.length()));
    shell.err().flush();
  }

  /// Shows that one more part begins.
  ///
  /// @param words which
  public void next(String words) {
    at(parts, words);
    parts++;
  }

  /// Shows that all of it is done, and something else still is to be.
  ///
  /// @param words what
  public void done(String words) {
    at(total, words);
  }

  private static String bar(int percent) {
    int full = percent * WIDTH / ALL;
    return "[%s%s] %3d %%".formatted("#".repeat(full), ".".repeat(WIDTH - full), percent);
  }

  /// Makes room for what comes next.
  @Override
  public void close() {
    if (widest > 0) {
      shell.err().print("\r" + " ".repeat(widest) + "\r");
      shell.err().flush();
    }
  }
}
