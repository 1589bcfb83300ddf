package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `./pro serve` as a process of its own, on a free port, with its messages in a file.
public final class PackagedServer implements AutoCloseable {
  private static final Path PRO = Path.of("").toAbsolutePath().resolve("../pro").normalize();

  private final Process process;
  private final Path errors;
  private final BufferedReader output;
  private final URI uri;

  private PackagedServer(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.uri = announced("listening on ");
  }

  private URI announced(String what) throws IOException {
    String line = output.readLine();
    assertThat(line).as("what is said; %s", errors()).startsWith(what + "http");
    return URI.create(line.substring(what.length()));
  }

  /// Starts it and waits until it listens.
  ///
  /// @param directory where it works
  public static PackagedServer start(Path directory, String... options) throws IOException {
    return start(directory, Map.of(), options);
  }

  /// As above, with variables of the environment.
  public static PackagedServer start(
      Path directory, Map<String, String> variables, String... options) throws IOException {
    return start(directory, interruptible(), variables, options);
  }

  /// Starts it where no more than that many files and sockets may be open.
  public static PackagedServer startWithDescriptors(Path directory, int descriptors)
      throws IOException {
    String limited = "ulimit -n " + descriptors + " && exec \"$@\"";
    return start(directory, List.of("sh", "-c", limited, "sh"), Map.of());
  }

  private static PackagedServer start(
      Path directory, List<String> runner, Map<String, String> variables, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(runner);
    command.addAll(List.of(PRO.toString(), "serve"));
    command.addAll(List.of(options));
    Path errors = Files.createTempFile(directory, "errors", ".log");
    ProcessBuilder pro = new ProcessBuilder(command);
    pro.environment().put("SESH_PRO_BACKEND_PORT", "0");
    pro.environment().putAll(variables);
    return new PackagedServer(
        pro.directory(directory.toFile()).redirectError(errors.toFile()).start(), errors);
  }

  /// Runs `./pro` with other words to its end, which must be a success.
  ///
  /// @param directory where it works
  public static void run(Path directory, Map<String, String> variables, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PRO.toString()));
    command.addAll(words);
    Path said = Files.createTempFile(directory, "said", ".log");
    ProcessBuilder pro =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    pro.environment().putAll(variables);
    int status = pro.start().waitFor();
    assertThat(status).as("%s", Files.readString(said)).isZero();
  }

  /// A shell lets the commands that it runs in the background ignore SIGINT, and so everything they
  /// start. That is not how an operator starts a server.
  private static List<String> interruptible() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return List.of();
    }
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+", 2)[1], 16))
            .sum();
    boolean interrupts = (ignored & 1 << (2 - 1)) == 0;
    return interrupts ? List.of() : List.of("env", "--default-signal=INT");
  }

  URI uri() {
    return uri;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /// Where whoever runs it reaches it; to be asked once, of a server that was started with
  /// `--ops-port`.
  public InetSocketAddress opsAddress() throws IOException {
    URI ops = announced("operations on ");
    return new InetSocketAddress(ops.getHost(), ops.getPort());
  }

  /// Whether it ends in time, or has ended.
  public boolean endsWithin(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Stops it as an operator does, and waits until it is gone.
  public void stop() throws InterruptedException {
    process.destroy();
    waitForEnd();
  }

  /// Everything on standard error so far.
  public String errors() throws IOException {
    return Files.readString(errors);
  }

  /// Files and sockets that it has open; on Linux only.
  long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return open.count();
    }
  }

  /// Sends a signal by its name, for example `INT`.
  void signal(String name) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(status).isZero();
  }

  /// Waits for the end, which has 10 s.
  ///
  /// @return the exit status
  int waitForEnd() throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s").isTrue();
    return process.exitValue();
  }

  /// Ends it with SIGKILL, which no program notices, and waits until it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
