package org.sessionpro.backend.cli;

import java.util.function.Function;
import org.sessionpro.protocol.PublicKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a key from the command line: 64 hex digits, `0x` before them allowed
/// (`operator-v1.md` §2). Its message does not repeat the value.
record HexConverter<T extends PublicKey>(Function<String, T> fromHex) implements ITypeConverter<T> {
  @Override
  public T convert(String text) {
    try {
      return fromHex.apply(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IllegalArgumentException malformed) {
      throw new TypeConversionException("must be " + 2 * PublicKey.SIZE + " hex digits");
    }
  }
}
