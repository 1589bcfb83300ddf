package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.Verdict;

/// A simulated store that is served on this machine, as the processes of a program see it.
interface StoreOfProgram extends AutoCloseable {
  /// How one is opened.
  ///
  /// @param <S> the kind of store
  @FunctionalInterface
  interface Opening<S extends StoreOfProgram> {
    /// Opens it.
    ///
    /// @param clock that the store goes by and moves
    /// @param folder for the files that point a program at it
    S open(ClockFile clock, Path folder) throws IOException;
  }

  Stage stage();

  /// Where its requests are answered.
  FrontDesk desk();

  /// Name of its section in the configuration.
  String section();

  /// What points a program at it, as variables of the environment.
  Map<String, String> environment();

  /// Processes that can be told something have started.
  ///
  /// @param addresses where clients reach them
  void attend(List<InetSocketAddress> addresses);

  /// How many messages are on their way and due by now.
  int due();

  /// What has been bought so far renews no more, so that it has nothing to say to the scripts that follow.
  void retire();

  /// Compares what a server believes of the purchases of a script with the truth.
  Verdict truth(ServerExpectation.Truth expected, Scene scene, Books books, Ledger ledger);

  /// The names of all that was bought.
  Stream<StoreId> names();

  @Override
  void close();

  /// Reads variables that a shell would read.
  ///
  /// @param file a line `NAME='value'` for each, and comments
  static Map<String, String> variables(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("=", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> unquoted(parts[1])));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1).replace("'\\''", "'");
  }
}
