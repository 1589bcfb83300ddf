package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.control.Control;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Serves a simulated store until it is interrupted or a script has been played; what the commands of
/// all stores have in common.
final class Serving {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port on loopback; 0 is any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = {"--dev-clock", "--clock"},
      paramLabel = "FILE",
      description = {
        "The simulated time, shared with the server: an offset to the system's",
        "clock in microseconds. Made if absent. Default: a file of its own."
      })
  private @Nullable Path clockFile;

  @Option(
      names = "--write-config",
      paramLabel = "DIR",
      description = "Write credentials and the store's section for the server into DIR.")
  private @Nullable Path folder;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = {
        "Play a script once a server is there, say how it went, and end.",
        "Exit status 1: not as it says. What only the server knows is not checked."
      })
  private @Nullable Path script;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = {
        "Simulated seconds that pass in a second; 8640 makes a month five minutes.",
        "Default: ${DEFAULT-VALUE}."
      })
  private int speed = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that chance decides. Default: another one each time.")
  private @Nullable Long seed;

  private final PrintWriter out;
  private final InstantSource system;

  Serving(int defaultPort, PrintWriter out, InstantSource system) {
    this.port = defaultPort;
    this.out = out;
    this.system = system;
  }

  /// What decides all that chance does.
  long seed() {
    return seed == null ? system.millis() : seed;
  }

  /// Serves a store.
  ///
  /// @param opening makes it, by the clock that it is to live by
  /// @return the exit status
  int serve(Function<ClockFile, ServedStore> opening) throws IOException, InterruptedException {
    ClockFile clock = ClockFile.open(clockFile(), system);
    ServedStore store = opening.apply(clock);
    ScriptRunner runner =
        new ScriptRunner(
            clock, List.of(store.stage()), new AttachedServer(store, out), Crypto.selfTested());
    FrontDesk control =
        new FrontDesk(
            new Control(
                runner.open("control"), store.vocabulary(), store::state, store.stage().calls()),
            clock);
    Map<String, FrontDesk> controls =
        Control.PATHS.stream().collect(Collectors.toMap(Function.identity(), _ -> control));
    try (ServedStore.Running running = store.serve(port, controls);
        Pace _ = Pace.start(clock, speed)) {
      if (folder != null) {
        store.configure(folder, running.url());
      }
      out.println("listening on " + running.url());
      if (script == null) {
        new CountDownLatch(1).await();
      }
      return script == null ? CommandLine.ExitCode.OK : play(store, runner, script);
    }
  }

  private Path clockFile() throws IOException {
    if (clockFile != null) {
      return clockFile;
    }
    Path own = Files.createTempDirectory("pro-simulator").resolve("clock");
    out.println("the clock is " + own);
    return own;
  }

  private int play(ServedStore store, ScriptRunner runner, Path file)
      throws IOException, InterruptedException {
    Script parsed =
        new ScriptParser(List.of(store.vocabulary()))
            .parse(file.getFileName().toString(), Files.readString(file), Map.of());
    AttachedServer.await(store);
    try {
      ScriptReport report = runner.run(parsed, Long.toString(system.millis()));
      out.println(
          parsed.title().text()
              + ": as it says; "
              + report.met().size()
              + " expectations met, "
              + report.unchecked().size()
              + " not checked");
      return CommandLine.ExitCode.OK;
    } catch (ScriptFailure failure) {
      out.println(failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
