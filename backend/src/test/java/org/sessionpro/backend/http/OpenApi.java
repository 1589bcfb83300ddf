package org.sessionpro.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// `docs/openapi.yaml`, as tests compare it with servers.
public final class OpenApi {
  private static final Path FILE =
      Path.of("").toAbsolutePath().resolve("../docs/openapi.yaml").normalize();
  private static final String SHARED = "default";
  private static final String SCHEMAS = "#/components/schemas/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry DIALECT =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

  private final JsonNode document;
  private final Map<String, Schema> schemas = new HashMap<>();

  /// Which of the server's two ports a path is on.
  public enum Port {
    CLIENTS,
    OPERATIONS
  }

  /// An operation: `POST`, `/path`, and what is said of it.
  public record Operation(String method, String path, JsonNode described) {
    /// The names of the schemas that the answer of a status may have; none if it is no JSON.
    public List<String> answers(int status) {
      return alternatives(
          described.path("responses").path("" + status).at("/content/application~1json/schema"));
    }

    /// The names of the schemas that a request may have; none if it is no JSON.
    public List<String> requests() {
      return alternatives(described.at("/requestBody/content/application~1json/schema"));
    }

    /// The statuses that an answer may have besides those that all paths share.
    public Set<Integer> statuses() {
      return described.path("responses").properties().stream()
          .filter(response -> !response.getKey().equals(SHARED))
          .map(response -> Integer.valueOf(response.getKey()))
          .collect(Collectors.toSet());
    }
  }

  public OpenApi() throws IOException {
    document = new YAMLMapper().readTree(FILE.toFile());
  }

  /// What is at a place of the document (RFC 6901).
  public JsonNode at(String pointer) {
    return document.at(pointer);
  }

  /// Every operation of a port. Paths for those who run a server name another server than the document.
  public List<Operation> operations(Port port) {
    Predicate<JsonNode> wanted = path -> path.has("servers") == (port == Port.OPERATIONS);
    return document.required("paths").properties().stream()
        .filter(path -> wanted.test(path.getValue()))
        .flatMap(path ->
            path.getValue().properties().stream()
                .filter(member -> !member.getKey().equals("servers"))
                .map(member ->
                    new Operation(
                        member.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        member.getValue())))
        .toList();
  }

  /// Every status that an answer may have, those included that all paths share.
  public Set<Integer> statuses(Operation operation) {
    Set<Integer> all = new TreeSet<>(operation.statuses());
    response(operation, SHARED)
        .path("x-statuses")
        .forEach(status -> all.add(Integer.valueOf(status.intValue())));
    return all;
  }

  /// The content types that an answer of a status may have; none if it is empty.
  public Set<String> contentTypes(Operation operation, int status) {
    String key = operation.statuses().contains(status) ? Integer.toString(status) : SHARED;
    return response(operation, key).path("content").properties().stream()
        .map(content -> content.getKey())
        .collect(Collectors.toSet());
  }

  private JsonNode response(Operation operation, String key) {
    JsonNode response = operation.described().path("responses").path(key);
    return response.has("$ref")
        ? document.at(response.required("$ref").textValue().substring(1))
        : response;
  }

  /// The methods of each path of a port.
  public Map<String, Set<String>> methods(Port port) {
    return operations(port).stream()
        .collect(
            Collectors.groupingBy(
                Operation::path, Collectors.mapping(Operation::method, Collectors.toSet())));
  }

  /// The methods of each route, as [#methods] has them.
  public static Map<String, Set<String>> methods(List<Route> routes) {
    return routes.stream()
        .collect(
            Collectors.toMap(
                Route::path,
                route -> route.methods().stream().map(Method::name).collect(Collectors.toSet())));
  }

  /// The schemas, of those named, that a value keeps to.
  public List<String> matching(List<String> names, JsonNode value) {
    return names.stream().filter(name -> schema(name).validate(value).isEmpty()).toList();
  }

  private Schema schema(String name) {
    return schemas.computeIfAbsent(
        name,
        _ -> {
          ObjectNode root = JSON.createObjectNode();
          root.set("components", document.required("components"));
          root.put("$ref", SCHEMAS + name);
          return DIALECT.getSchema(root);
        });
  }

  private static List<String> alternatives(JsonNode schema) {
    if (schema.isMissingNode()) {
      return List.of();
    }
    Stream<JsonNode> all =
        schema.has("oneOf")
            ? StreamSupport.stream(schema.path("oneOf").spliterator(), false)
            : Stream.of(schema);
    return all.filter(one -> one.has("$ref"))
        .map(one -> one.required("$ref").textValue().substring(SCHEMAS.length()))
        .toList();
  }
}
