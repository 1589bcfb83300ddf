package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Shells that somebody pastes a page of the documentation into, with what they say about errors in one
/// file.
record Terminals(Path directory) {
  /// Runs the lines of a script. If it is one line, or ends with a server, the last command replaces the
  /// shell, so that a signal reaches it.
  Process start(String script, Map<String, String> variables) throws IOException {
    String[] lines = script.strip().split("\n", -1);
    if (lines[lines.length - 1].startsWith("./pro serve") || lines.length == 1) {
      lines[lines.length - 1] = "exec " + lines[lines.length - 1];
    }
    ProcessBuilder shell = new ProcessBuilder("sh", "-euc", String.join("\n", lines));
    shell.directory(directory.toFile());
    shell.environment().putAll(variables);
    shell.redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("errors.log").toFile()));
    return shell.start();
  }

  /// Everything on standard error so far.
  String errors() throws IOException {
    return Files.readString(directory.resolve("errors.log"));
  }

  /// Waits until a server or a simulated store says where it listens.
  String listeningAddress(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.startsWith("listening on http")) {
      line = output.readLine();
    }
    assertThat(line).as("it listens; %s", errors()).isNotNull();
    return line.substring("listening on ".length());
  }

  static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("stops within 10 s").isTrue();
  }
}
