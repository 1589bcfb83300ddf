package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sessionpro.bench.load.ProcessProbe;
import org.sessionpro.bench.load.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pro bench hostile`: attacks a server in every way that is known, one after the other.
@Command(
    name = "hostile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Attacks a running server and shows whether good clients notice.",
    footer = {
      "",
      "While each attack lasts, one client keeps asking for /status and another for proofs. An",
      "answer that takes more than 5 s counts as none. One that takes less, but comes when the attack",
      "is over, is not counted. Exit status 1: an attack could not be made, good clients were not",
      "answered while it lasted or afterwards, descriptors stayed open, or the server's memory",
      "exceeded the bound or could not be measured."
    })
public final class HostileCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int HURT = 1;
  private static final int MOST_CONNECTIONS = 10_000;

  /// How long a server may take to notice that its attackers are gone, and between two looks.
  private static final Duration LONGEST_LULL = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final PrintWriter out;
  private final InstantSource clock;

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "The server: http://HOST:PORT.")
  private URI url = URI.create("");

  @Option(
      names = "--pid",
      paramLabel = "PID",
      required = true,
      description = "The server's process, on this machine.")
  private long pid;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long each attack lasts (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "10000",
      description = {
        "Most connections of one attack (default: ${DEFAULT-VALUE}); fewer where the",
        "limits of open files are lower."
      })
  private int connections;

  @Option(
      names = "--max-rss",
      paramLabel = "MB",
      defaultValue = "300",
      description = {
        "Most memory that the server may take (default: ${DEFAULT-VALUE}): its heap and its program,",
        "and what ten thousand connections take beside them."
      })
  private int maxMegabytes;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "Only this attack; may be given several times.")
  private List<String> only = new ArrayList<>();

  public HostileCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Target target = Target.at(url);
    Ammunition ammunition = Ammunition.against(target.address(), target.host(), clock);
    int most = Math.min(Math.min(connections, MOST_CONNECTIONS), Descriptors.connectionsTo(pid));
    boolean survived = true;
    long seenBytes = 0;
    for (String name : names(ammunition, most)) {
      // Requests age, so each attack has its own.
      Attack attack = Attacks.named(name, ammunition, most);
      Outcome outcome = run(attack, target.address(), ammunition);
      out.println(outcome.text());
      survived &= outcome.isSurvived();
      seenBytes = Math.max(seenBytes, outcome.use().mostResidentBytes());
    }
    MostMemory memory = new MostMemory(ProcessProbe.of(pid).read().peakBytes(), seenBytes);
    out.println(memory.text(maxMegabytes));
    return survived && memory.isWithin(maxMegabytes) ? OK : HURT;
  }

  private List<String> names(Ammunition ammunition, int most) {
    return only.isEmpty()
        ? Attacks.all(ammunition, most).stream().map(Attack::name).toList()
        : only;
  }

  private Outcome run(Attack attack, InetSocketAddress server, Ammunition ammunition)
      throws InterruptedException {
    ServerWatch watch = ServerWatch.start(pid);
    ServerWatch.Use before = watch.now();
    GoodClient status = goodClient(server, ammunition.statusErrand());
    GoodClient proof = goodClient(server, ammunition.proofErrand());
    Siege.Toll toll =
        Siege.lay(
            attack,
            server,
            Duration.ofSeconds(seconds),
            () -> {
              status.stop();
              proof.stop();
            });
    GoodClient.Experience statusExperience = status.experience();
    GoodClient.Experience proofExperience = proof.experience();
    awaitEnd(before, watch);
    boolean answers =
        isAnswering(server, ammunition.statusErrand())
            && isAnswering(server, ammunition.proofErrand());
    ServerWatch.Use most = watch.stop();
    return new Outcome(
        attack,
        toll,
        statusExperience,
        proofExperience,
        new Outcome.Use(before, most, watch.now()),
        answers);
  }

  private static void awaitEnd(ServerWatch.Use before, ServerWatch watch)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_LULL.toNanos();
    while (!Outcome.isOver(before, watch.now()) && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
    }
  }

  private static GoodClient goodClient(InetSocketAddress server, GoodClient.Errand errand) {
    return GoodClient.start(server, errand, GoodClient.PATIENCE);
  }

  private static boolean isAnswering(InetSocketAddress server, GoodClient.Errand errand) {
    return GoodClient.isNewcomerAnswered(server, errand, GoodClient.PATIENCE);
  }
}
