package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.VirtualClock;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.control.ConfigurationFiles;
import org.sessionpro.simulator.apple.control.StateDocument;
import org.sessionpro.simulator.apple.delivery.HttpWebhook;
import org.sessionpro.simulator.apple.document.Environment;
import org.sessionpro.simulator.apple.script.AppleVocabulary;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.Vocabulary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro simulate apple`: serves a simulated App Store until it is interrupted.
@Command(
    name = "apple",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves a simulated App Store with its Server API on this machine, and notifies a server.",
      "Without a command it serves; the commands ask one that is serving."
    })
public final class AppleCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 5020;
  private static final String DEFAULT_PRODUCT = "1-month";

  private final InstantSource system;

  @Mixin private final Serving serving;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = {"Where the server takes notifications. Default:", "${DEFAULT-VALUE}."})
  private URI webhook = URI.create("http://127.0.0.1:5000/apple_notifications_v2");

  @Option(
      names = "--sandbox",
      description = "Be the sandbox, which delivers each notification once.")
  private boolean sandbox;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = {
        "Keep the root certificate and the key for the API in DIR, to be the",
        "same after a restart. Default: new ones each time."
      })
  private @Nullable Path keys;

  private AppleCommand(PrintWriter out, InstantSource system) {
    this.system = system;
    this.serving = new Serving(DEFAULT_PORT, out, system);
  }

  /// The command with its subcommands.
  public static CommandLine commandLine(PrintWriter out, InstantSource system) {
    return new CommandLine(new AppleCommand(out, system))
        .addSubcommand(new BuyCommand(DEFAULT_PORT, DEFAULT_PRODUCT, out))
        .addSubcommand(new PlayCommand(DEFAULT_PORT, out))
        .addSubcommand(new ShowCommand(DEFAULT_PORT, out))
        // A folder may be called play.
        .setAllowSubcommandsAsOptionParameters(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (HttpWebhook there = new HttpWebhook(webhook)) {
      return serving.serve(clock -> open(clock, there));
    }
  }

  private ServedStore open(VirtualClock clock, HttpWebhook there) {
    AppleSettings settings =
        AppleSettings.ofSeed(serving.seed())
            .in(sandbox ? Environment.SANDBOX : Environment.PRODUCTION)
            .keptIn(keys);
    AppleSimulator simulator = new AppleSimulator(settings, clock, system);
    simulator.delivery().deliverTo(there);
    return new ServedApple(simulator, webhook);
  }

  /// An App Store that is served.
  ///
  /// @param webhook where the server is
  private record ServedApple(AppleSimulator simulator, URI webhook) implements ServedStore {
    private static final int CONNECT_MILLIS = 1_000;

    @Override
    public Stage stage() {
      return simulator.stage();
    }

    @Override
    public Vocabulary vocabulary() {
      return new AppleVocabulary();
    }

    @Override
    public byte[] state() {
      return StateDocument.of(simulator);
    }

    @Override
    public boolean isAttended() {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(webhook.getHost(), port()), CONNECT_MILLIS);
        return true;
      } catch (IOException nobody) {
        return false;
      }
    }

    private int port() {
      int given = webhook.getPort();
      int usual = "https".equals(webhook.getScheme()) ? 443 : 80;
      return given < 0 ? usual : given;
    }

    @Override
    public boolean isIdle(Call call) {
      return false;
    }

    @Override
    public int waiting() {
      return simulator.delivery().due(simulator.clock().instant());
    }

    @Override
    public Running serve(int port, Map<String, FrontDesk> others) {
      AppleSimulator.Served served = simulator.serve(port, others);
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
      ConfigurationFiles.write(folder, url, simulator);
    }
  }
}
