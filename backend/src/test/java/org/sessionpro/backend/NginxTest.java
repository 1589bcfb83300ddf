package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.webhook.AppleWebhook;

/// `deploy/nginx` against the routes of a server: clients and the App Store are let through to all that
/// is theirs, with bodies as long as the server takes, and nobody to anything else.
class NginxTest {
  private static final String INSTALLED = "/opt/session-pro/current/";
  private static final Pattern LOCATION =
      Pattern.compile("(?m)^location (?:(=|~) )?(\\S+) \\{\n((?:    .*\n)*)\\}$");
  private static final Pattern ANY_OF = Pattern.compile("\\^/\\(\\?:([a-z0-9_|]+)\\)\\$");
  private static final Pattern LIMIT =
      Pattern.compile("(?m)^ *client_max_body_size (\\d+)([km]);$");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^ *include (\\S+);$");

  @TempDir private Path folder;

  @Test
  void whatIsLetThroughIsWhatTheServerHasForOthers() throws IOException {
    Map<String, Integer> served = new TreeMap<>();
    try (RunningBackend backend = RunningBackend.start(Engine.SQLITE, folder)) {
      backend.routes().all().stream()
          .filter(route -> !route.path().startsWith("/dev/"))
          .forEach(route -> served.put(route.path(), route.maxBodyBytes()));
    }
    served.put(AppleWebhook.PATH, HttpLimits.DEFAULT.bodies().webhook());

    assertThat(letThrough()).isEqualTo(served);
  }

  @Test
  void everythingElseIsNotFound() throws IOException {
    assertThat(LOCATION.matcher(routes()).results())
        .filteredOn(location -> !location.group(3).contains("proxy_pass"))
        .singleElement()
        .satisfies(rest -> {
          assertThat(rest.group(1)).as("no exact path, no pattern").isNull();
          assertThat(rest.group(2)).isEqualTo("/");
          assertThat(rest.group(3).strip()).isEqualTo("return 404;");
        });
  }

  @Test
  void theRoutesAreReadFromTheReleaseInUse() throws IOException {
    assertThat(INCLUDE.matcher(site()).results().map(found -> found.group(1)))
        .containsExactly(INSTALLED + "deploy/nginx/nginx-routes.conf");
  }

  /// The paths that are let through, each with its longest body in bytes.
  private static Map<String, Integer> letThrough() throws IOException {
    int otherwise = limit(site(), -1);
    Map<String, Integer> found = new TreeMap<>();
    String routes = routes();
    assertThat(LOCATION.matcher(routes).results().count())
        .as("every location is understood")
        .isEqualTo(routes.lines().filter(line -> line.strip().startsWith("location")).count());
    for (MatchResult location : LOCATION.matcher(routes).results().toList()) {
      if (location.group(3).contains("proxy_pass http://session_pro;")) {
        for (String path : paths(location)) {
          assertThat(found.put(path, limit(location.group(3), otherwise))).as(path).isNull();
        }
      }
    }
    return found;
  }

  private static List<String> paths(MatchResult location) {
    String path = location.group(2);
    if ("=".equals(location.group(1))) {
      return List.of(path);
    }
    assertThat(location.group(1)).as(path).isEqualTo("~");
    var words = ANY_OF.matcher(path);
    assertThat(words.matches()).as("%s is a choice of whole paths", path).isTrue();
    List<String> paths = new ArrayList<>();
    for (String word : words.group(1).split("\\|", -1)) {
      paths.add("/" + word);
    }
    return paths;
  }

  private static int limit(String directives, int otherwise) {
    return LIMIT
        .matcher(directives)
        .results()
        .map(limit -> Integer.parseInt(limit.group(1)) << (limit.group(2).equals("k") ? 10 : 20))
        .findFirst()
        .orElse(otherwise);
  }

  private static String routes() throws IOException {
    return Files.readString(Handbook.PROJECT.resolve("deploy/nginx/nginx-routes.conf"));
  }

  private static String site() throws IOException {
    return Files.readString(Handbook.PROJECT.resolve("deploy/nginx/session-pro.conf"));
  }
}
