package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.script.ServerExpectation;

/// The processes of a program: one, or several beside each other on one database. They can be ended
/// while others wait for them to come to rest.
final class Processes {
  private static final Duration LOG_LAG = Duration.ofSeconds(2);

  private static final Duration LAST_BREATH = Duration.ofSeconds(5);

  private final Path folder;
  private final DatabaseUrl url;
  private final int number;
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final List<Running> running = new CopyOnWriteArrayList<>();
  private final StringBuilder formerLogs = new StringBuilder();

  /// @param logBefore how long its log was when somebody began to look
  /// @param metricsBefore what it had counted by then
  private record Running(PackagedServer server, OpsDoor ops, int logBefore, String metricsBefore) {
    static Running from(PackagedServer server, OpsDoor ops) {
      return new Running(server, ops, errors(server).length(), metrics(ops));
    }

    String log() {
      return errors(server).substring(logBefore);
    }

    long counted(ServerExpectation.Metric metric) {
      long before = metric.isCounter() ? sum(metricsBefore, metric) : 0;
      return sum(metrics(ops), metric) - before;
    }

    private static String metrics(OpsDoor ops) {
      try {
        return ops.metrics();
      } catch (IOException unreachable) {
        throw new UncheckedIOException(unreachable);
      }
    }

    private static long sum(String metrics, ServerExpectation.Metric metric) {
      return metrics
          .lines()
          .filter(line -> line.matches(Pattern.quote(metric.name()) + "[{ ].*"))
          .filter(line ->
              metric.labels().entrySet().stream()
                  .allMatch(
                      label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\"")))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  /// How a process is ended.
  @FunctionalInterface
  interface Ending {
    void of(PackagedServer running) throws InterruptedException;
  }

  /// @param number how many
  Processes(Path folder, DatabaseUrl url, int number) {
    this.folder = folder;
    this.url = url;
    this.number = number;
  }

  /// Sets a variable of their environment from the next start on.
  void set(String variable, String value) {
    environment.put(variable, value);
  }

  synchronized void start() {
    try {
      for (int one = 0; one < number; one++) {
        List<String> options = new ArrayList<>(options(one));
        options.addAll(List.of("--ops-port", "0"));
        PackagedServer server =
            PackagedServer.start(folder, environment, options.toArray(String[]::new));
        running.add(new Running(server, new OpsDoor(server.opsAddress()), 0, ""));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<String> options(int process) {
    String data = folder.resolve("data-" + process).toString();
    return List.of("--dev", "--data", data, "--db", Engine.text(url));
  }

  /// Ends all that run.
  synchronized void end(Ending ending) {
    try {
      for (Running one : running) {
        ending.of(one.server());
        formerLogs.append(one.log());
      }
      running.clear();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  boolean run() {
    return !running.isEmpty();
  }

  /// Where clients reach them.
  List<InetSocketAddress> addresses() {
    return running.stream().map(one -> one.server().address()).toList();
  }

  /// Whether all come to rest in time, or have been ended.
  ///
  /// @param patience with each
  boolean becomeQuiet(Duration patience) {
    for (Running one : running) {
      try {
        if (!one.ops().becomesQuiet(patience)) {
          return false;
        }
      } catch (IOException unreachable) {
        if (!hasEnded(one.server())) {
          throw new UncheckedIOException(unreachable);
        }
      }
    }
    return true;
  }

  private static boolean hasEnded(PackagedServer server) {
    try {
      return server.endsWithin(LAST_BREATH);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Runs another command of the program on the same database.
  void operate(List<String> words) {
    List<String> command = new ArrayList<>(words);
    command.addAll(options(0));
    try {
      PackagedServer.run(folder, environment, command);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Forgets what was logged and counted so far.
  synchronized void forget() {
    formerLogs.setLength(0);
    running.replaceAll(one -> Running.from(one.server(), one.ops()));
  }

  /// What all that run have counted since, or since they were started.
  synchronized long counted(ServerExpectation.Metric metric) {
    return running.stream().mapToLong(one -> one.counted(metric)).sum();
  }

  /// What was logged since.
  synchronized String log() {
    StringBuilder all = new StringBuilder(formerLogs);
    running.forEach(one -> all.append(one.log()));
    return all.toString();
  }

  /// What was logged since, once it is as expected, or two seconds later: servers write their logs behind
  /// what they do.
  String log(Predicate<String> expected) {
    long begun = System.nanoTime();
    String log = log();
    while (!expected.test(log) && System.nanoTime() - begun < LOG_LAG.toNanos()) {
      Thread.onSpinWait();
      log = log();
    }
    return log;
  }

  private static String errors(PackagedServer server) {
    try {
      return server.errors();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
