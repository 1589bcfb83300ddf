package org.sessionpro.protocol.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// JSON by the grammar of RFC 8259, one method a rule: slow, short, and independent of the reader
/// under test, so that it can say what that ought to answer.
///
/// Objects are maps, arrays lists, strings [String], numbers [Token], the rest [Token] too.
final class PlainJson {
  /// A number or one of the three words, as written.
  record Token(String text) {}

  private static final Pattern TOKEN =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null");

  private final String text;
  private int at;
  private int depth;

  private PlainJson(String text) {
    this.text = text;
  }

  /// The members of a document that is one object; empty if it is anything else or nested deeper
  /// than [JsonObject#MAX_DEPTH].
  static Optional<Map<String, Object>> parse(String document) {
    PlainJson parser = new PlainJson(document);
    try {
      parser.skipBlanks();
      Map<String, Object> object = parser.object();
      parser.skipBlanks();
      return parser.at == document.length() ? Optional.of(object) : Optional.empty();
    } catch (Malformed refused) {
      return Optional.empty();
    }
  }

  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private Object value() {
    if (at == text.length()) {
      throw new Malformed();
    }
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> token();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    open('{');
    if (!next('}')) {
      do {
        skipBlanks();
        String name = name();
        skipBlanks();
        expect(':');
        skipBlanks();
        members.put(name, value());
        skipBlanks();
      } while (next(','));
      expect('}');
    }
    depth--;
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    open('[');
    if (!next(']')) {
      do {
        skipBlanks();
        items.add(value());
        skipBlanks();
      } while (next(','));
      expect(']');
    }
    depth--;
    return items;
  }

  /// Unlike other strings a name must be well-formed.
  private String name() {
    String name = string();
    if (!new JsonValue.Text(name).isWellFormed()) {
      throw new Malformed();
    }
    return name;
  }

  private String string() {
    expect('"');
    StringBuilder content = new StringBuilder();
    while (!next('"')) {
      char c = any();
      if (c < ' ') {
        throw new Malformed();
      }
      content.append(c == '\\' ? escaped() : c);
    }
    return content.toString();
  }

  private char escaped() {
    char c = any();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw new Malformed();
    };
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = "0123456789abcdef".indexOf(Character.toLowerCase(any()));
      if (digit < 0) {
        throw new Malformed();
      }
      unit = 16 * unit + digit;
    }
    return (char) unit;
  }

  private Token token() {
    Matcher token = TOKEN.matcher(text).region(at, text.length());
    if (!token.lookingAt()) {
      throw new Malformed();
    }
    at = token.end();
    return new Token(token.group());
  }

  private void open(char bracket) {
    expect(bracket);
    if (++depth > JsonObject.MAX_DEPTH) {
      throw new Malformed();
    }
    skipBlanks();
  }

  private char any() {
    if (at == text.length()) {
      throw new Malformed();
    }
    return text.charAt(at++);
  }

  private boolean next(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char expected) {
    if (!next(expected)) {
      throw new Malformed();
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
