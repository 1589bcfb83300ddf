package org.sessionpro.backend.cli.inspection;

import org.sessionpro.backend.ledger.Sought;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a master key or an id from the command line. Its message does not repeat the value.
final class SoughtConverter implements ITypeConverter<Sought> {
  @Override
  public Sought convert(String text) {
    try {
      return Sought.of(text);
    } catch (IllegalArgumentException malformed) {
      throw new TypeConversionException(String.valueOf(malformed.getMessage()));
    }
  }
}
