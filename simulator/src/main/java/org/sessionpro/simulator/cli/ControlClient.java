package org.sessionpro.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Asks a simulator that is serving on this machine; what its commands have in common.
final class ControlClient {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where the simulator listens. Default: ${DEFAULT-VALUE}.")
  private int port;

  ControlClient(int defaultPort) {
    this.port = defaultPort;
  }

  /// Lets statements happen.
  ///
  /// @return the exit status
  int play(String statements, PrintWriter out) throws IOException, InterruptedException {
    return send(request("play").POST(BodyPublishers.ofString(statements)), out);
  }

  /// Shows a document.
  ///
  /// @return the exit status
  int show(String name, PrintWriter out) throws IOException, InterruptedException {
    return send(request(name).GET(), out);
  }

  private HttpRequest.Builder request(String name) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/simulator/" + name));
  }

  private int send(HttpRequest.Builder request, PrintWriter out)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      out.println(response.body());
      return response.statusCode() == 200 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (ConnectException nobody) {
      throw new IOException("no simulator listens on port " + port, nobody);
    }
  }
}
