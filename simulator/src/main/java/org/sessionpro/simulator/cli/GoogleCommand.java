package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sessionpro.simulator.VirtualClock;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.PlayEndpoint;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.control.StateDocument;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.Vocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  private static final int DEFAULT_PORT = 5010;
  private static final String DEFAULT_PLAN = "session-pro-1-month";

  private final InstantSource system;

  @Mixin private final Serving serving;

  @Option(
      names = "--quirk",
      paramLabel = "QUIRK",
      split = ",",
      description = "How Play answers where its documentation is silent: ${COMPLETION-CANDIDATES}.")
  private Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);

  private GoogleCommand(PrintWriter out, InstantSource system) {
    this.system = system;
    this.serving = new Serving(DEFAULT_PORT, out, system);
  }

  /// The command with its subcommands.
  public static CommandLine commandLine(PrintWriter out, InstantSource system) {
    return new CommandLine(new GoogleCommand(out, system))
        .addSubcommand(new BuyCommand(DEFAULT_PORT, DEFAULT_PLAN, out))
        .addSubcommand(new PlayCommand(DEFAULT_PORT, out))
        .addSubcommand(new ShowCommand(DEFAULT_PORT, out))
        // A folder may be called play.
        .setAllowSubcommandsAsOptionParameters(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return serving.serve(this::open);
  }

  private ServedStore open(VirtualClock clock) {
    GoogleSettings settings = GoogleSettings.ofSeed(serving.seed()).with(quirks);
    return new ServedGoogle(new GoogleSimulator(settings, clock, system));
  }

  /// A Google Play that is served.
  private record ServedGoogle(GoogleSimulator simulator) implements ServedStore {
    @Override
    public Stage stage() {
      return simulator.stage();
    }

    @Override
    public Vocabulary vocabulary() {
      return new GoogleVocabulary();
    }

    @Override
    public byte[] state() {
      return StateDocument.of(simulator);
    }

    @Override
    public boolean isAttended() {
      return !simulator.desk().calls().since(0, PlayEndpoint.PULL.word(), null).isEmpty();
    }

    @Override
    public boolean isIdle(Call call) {
      return call.endpoint().equals(PlayEndpoint.PULL.word());
    }

    @Override
    public int waiting() {
      return simulator.queue().due();
    }

    @Override
    public Running serve(int port, Map<String, FrontDesk> others) {
      GoogleSimulator.Served served = simulator.serve(port, others);
      return new Running() {
        @Override
        public URI url() {
          return served.url();
        }

        @Override
        public void close() {
          served.close();
        }
      };
    }

    @Override
    public void configure(Path folder, URI url) {
      ConfigurationFiles.write(folder, url, simulator.tokens().account());
    }
  }
}
