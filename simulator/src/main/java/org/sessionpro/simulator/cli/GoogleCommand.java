package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.control.Control;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pro simulate google`: serves a simulated Google Play until it is interrupted.
@Command(
    name = "google",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves a simulated Google Play with its Pub/Sub on this machine.",
      "Without a command it serves; the commands ask one that is serving."
    })
public final class GoogleCommand implements Callable<Integer> {
  static final int DEFAULT_PORT = 5010;

  private final PrintWriter out;
  private final InstantSource system;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port on loopback; 0 is any free one. Default: ${DEFAULT-VALUE}.")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--clock",
      paramLabel = "FILE",
      description = {
        "The simulated time, shared with the server: an offset to the system's",
        "clock in microseconds. Made if absent. Default: a file of its own."
      })
  private @Nullable Path clockFile;

  @Option(
      names = "--write-config",
      paramLabel = "DIR",
      description = "Write credentials and a section [google] for the server into DIR.")
  private @Nullable Path folder;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = {
        "Play a script once a server pulls messages, say how it went, and end.",
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
      names = "--quirk",
      paramLabel = "QUIRK",
      split = ",",
      description = "How Play answers where its documentation is silent: ${COMPLETION-CANDIDATES}.")
  private Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that chance decides. Default: another one each time.")
  private @Nullable Long seed;

  private GoogleCommand(PrintWriter out, InstantSource system) {
    this.out = out;
    this.system = system;
  }

  /// The command with its subcommands.
  public static CommandLine commandLine(PrintWriter out, InstantSource system) {
    return new CommandLine(new GoogleCommand(out, system))
        .addSubcommand(new BuyCommand(out))
        .addSubcommand(new PlayCommand(out))
        .addSubcommand(new ShowCommand(out))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClockFile clock = ClockFile.open(clockFile(), system);
    GoogleSimulator simulator = new GoogleSimulator(settings(), clock, system);
    ScriptRunner runner =
        new ScriptRunner(
            clock,
            List.of(simulator.stage()),
            new AttachedServer(simulator, out),
            Crypto.selfTested());
    FrontDesk control = new FrontDesk(new Control(simulator, runner.open("control")), clock);
    try (GoogleSimulator.Served served = simulator.serve(port, Map.of(Control.PATH, control));
        Pace _ = Pace.start(clock, speed)) {
      if (folder != null) {
        ConfigurationFiles.write(folder, served.url(), simulator.tokens().account());
      }
      out.println("listening on " + served.url());
      if (script == null) {
        new CountDownLatch(1).await();
      }
      return script == null ? CommandLine.ExitCode.OK : play(simulator, runner, script);
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

  private GoogleSettings settings() {
    long chosen = seed == null ? system.millis() : seed;
    return GoogleSettings.ofSeed(chosen).with(quirks);
  }

  private int play(GoogleSimulator simulator, ScriptRunner runner, Path file)
      throws IOException, InterruptedException {
    Script parsed =
        new ScriptParser(List.of(new GoogleVocabulary()))
            .parse(file.getFileName().toString(), Files.readString(file), Map.of());
    AttachedServer.awaitPull(simulator);
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
