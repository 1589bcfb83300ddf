package org.sessionpro.backend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sessionpro.backend.cli.Shell;

/// Plays a server's first minute in one process: a start, and what clients ask of it in both
/// protocols, directly and by onion. The build runs this once and has the virtual machine write down
/// what it loaded for that (`-XX:AOTCacheOutput`), so that every later start finds it ready.
final class Rehearsal {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Pattern MASTER_KEY = Pattern.compile("\"master_pkey\":\"([0-9a-f]{64})\"");

  /// Enough for the profiles that the virtual machine writes down too.
  private static final int ROUNDS = 8;

  private final Path folder;

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /// Ends with status 0 if everything went as it should.
  ///
  /// @param arguments a folder to play in, which must not exist
  public static void main(String[] arguments) throws IOException {
    new Rehearsal(Path.of(arguments[0])).play();
    System.exit(0);
  }

  private void play() throws IOException {
    String server = folder.resolve("server").toString();
    String keys = folder.resolve("wallet.json").toString();
    String url = start(server);
    String master = first(MASTER_KEY, Stream.of(run("client", "keygen", "--out", keys, "--json")));
    run("voucher", "mint", "--dev", "--data", server, "--master-key", master, "--plan", "1M");
    for (int round = 0; round < ROUNDS; round++) {
      for (String protocol : List.of("v0", "v1")) {
        run("client", "revocations", "--url", url, "--protocol", protocol);
        for (String verb : List.of("proof", "status", "payments")) {
          run("client", verb, "--keys", keys, "--url", url, "--protocol", protocol);
          run("client", verb, "--keys", keys, "--url", url, "--protocol", protocol, "--onion");
        }
      }
    }
  }

  private static String start(String data) throws IOException {
    PipedReader said = new PipedReader();
    Shell shell = new Shell(Map.of(), new PrintWriter(new PipedWriter(said), true), nowhere());
    Thread.ofPlatform()
        .daemon()
        .name("rehearsed-server")
        .start(() -> Main.program(shell).run("serve", "--dev", "--port", "0", "--data", data));
    return first(LISTENING, new BufferedReader(said).lines());
  }

  private static String run(String... words) {
    StringWriter result = new StringWriter();
    StringWriter errors = new StringWriter();
    Shell shell = new Shell(Map.of(), new PrintWriter(result), new PrintWriter(errors));
    if (Main.program(shell).run(words) != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + errors);
    }
    return result.toString();
  }

  private static String first(Pattern pattern, Stream<String> lines) {
    return lines
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing like " + pattern + " was said"));
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }
}
