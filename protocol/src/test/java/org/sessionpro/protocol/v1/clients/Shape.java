package org.sessionpro.protocol.v1.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A JSON object that must have exactly the members it is asked for: each method is a demand on one
/// (`wire-v1.md` §2).
final class Shape {
  /// Values stay below 2^53.
  private static final long LIMIT = 1L << 53;

  private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final Pattern DECIMAL = Pattern.compile("(?:0|[1-9][0-9]{0,15})\\.[0-9]+");

  private final String path;
  private final Map<String, Json> members;

  private Shape(String path, Map<String, Json> members) {
    this.path = path;
    this.members = members;
  }

  /// The object with exactly these members.
  static Shape of(String path, Json value, String... names) {
    if (!(value instanceof Json.Members(Map<String, Json> members))) {
      throw new AssertionError(path + " is no object");
    }
    Shape shape = new Shape(path, members);
    for (String name : names) {
      shape.demand(members.containsKey(name), name, "is missing");
    }
    for (String name : members.keySet()) {
      shape.demand(Set.of(names).contains(name), name, "is not in the contract");
    }
    return shape;
  }

  /// The text of a member of an object that is not checked as a whole yet.
  static Optional<String> peek(Json value, String name) {
    return value instanceof Json.Members(Map<String, Json> members)
            && members.get(name) instanceof Json.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  Shape object(String name, String... names) {
    return of(path + "." + name, member(name), names);
  }

  List<Shape> objects(String name, String... names) {
    demand(member(name) instanceof Json.Items, name, "is no array");
    List<Shape> shapes = new ArrayList<>();
    for (Json item : ((Json.Items) member(name)).of()) {
      shapes.add(of(path + "." + name + "[" + shapes.size() + "]", item, names));
    }
    return shapes;
  }

  boolean isNull(String name) {
    return member(name) instanceof Json.Nothing;
  }

  /// An integer written as one.
  long integer(String name) {
    long value = number(name, INTEGER, "is no integer");
    demand(value < LIMIT, name, "is not below 2^53");
    return value;
  }

  void integer(String name, long value) {
    demand(integer(name) == value, name, "is not " + value);
  }

  /// A number with a decimal point and without an exponent; the part before the point.
  String decimal(String name) {
    long whole = number(name, DECIMAL, "is not written with a decimal point");
    demand(whole < LIMIT, name, "is not below 2^53");
    return ((Json.Digits) member(name)).text();
  }

  private long number(String name, Pattern form, String complaint) {
    demand(
        member(name) instanceof Json.Digits(String digits) && form.matcher(digits).matches(),
        name,
        complaint);
    return Long.parseLong(((Json.Digits) member(name)).text().replaceFirst("\\..*", ""));
  }

  boolean flag(String name) {
    demand(member(name) instanceof Json.Flag, name, "is no boolean");
    return ((Json.Flag) member(name)).value();
  }

  /// A string that is not empty.
  String text(String name) {
    demand(member(name) instanceof Json.Text, name, "is no string");
    String text = ((Json.Text) member(name)).value();
    demand(!text.isBlank(), name, "is empty");
    return text;
  }

  String text(String name, Pattern form) {
    demand(form.matcher(text(name)).matches(), name, "is not of its form");
    return text(name);
  }

  String oneOf(String name, Set<String> words) {
    demand(words.contains(text(name)), name, "is none of " + words);
    return text(name);
  }

  /// Lower-case hex of that many characters.
  String hex(String name, int characters) {
    return text(name, Pattern.compile("[0-9a-f]{" + characters + "}"));
  }

  /// States a demand on a member.
  void demand(boolean met, String name, String complaint) {
    if (!met) {
      throw new AssertionError(path + "." + name + " " + complaint);
    }
  }

  private Json member(String name) {
    return Objects.requireNonNull(members.get(name));
  }
}
