package org.sessionpro.backend.takeover;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Another process that has a file, from when it is made until it is closed.
public final class OtherProcess implements AutoCloseable {
  private static final String UNTIL_TOLD = "echo ready && read -r _";

  private final Process process;

  private OtherProcess(List<String> command) {
    try {
      process = new ProcessBuilder(command).start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(out.readLine())) {
        throw new IllegalStateException(command + " has failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// One that has it open.
  public static OtherProcess reading(Path file) {
    return new OtherProcess(
        List.of("sh", "-c", "exec 3< \"$0\" && " + UNTIL_TOLD, file.toString()));
  }

  /// One that has locked it.
  public static OtherProcess locking(Path file) {
    return new OtherProcess(List.of("flock", file.toString(), "sh", "-c", UNTIL_TOLD));
  }

  /// Ends it.
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
