package org.sessionpro.backend.db;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The copies of one SQLite file (`operator-v0.md` §3): files `YYYY-MM-DD_HHMMSS_<dbfile>.bak` in one
/// folder, the time in UTC. Those newer than 180 days are kept, and for ever the earliest of every
/// month. Files of any other name are none of them and left alone.
///
/// @param database the file that is copied
/// @param directory where the copies are; made with the first one
public record Backups(Path database, Path directory) {
  private static final Duration KEPT = Duration.ofDays(180);
  private static final String ENDING = ".bak";

  /// After that a copy that is not finished never will be.
  private static final Duration LONGEST_COPY = Duration.ofDays(1);

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /// Copies that may have begun in one second.
  private static final int MOST_AT_ONCE = 10;

  private static final int STAMP_LENGTH = "2026-01-01_000000".length();

  /// A copy.
  ///
  /// @param takenAt when it was begun, to the second
  /// @param size in bytes
  /// @param keptUntil null for ever, as the earliest of its month
  public record Backup(Path file, Instant takenAt, long size, @Nullable Instant keptUntil) {}

  private record Named(Path file, LocalDateTime at) {
    Instant instant() {
      return at.toInstant(ZoneOffset.UTC);
    }
  }

  /// How an instant stands at the start of a file's name, to the second.
  public static String stamp(Instant at) {
    return STAMP.format(at.atOffset(ZoneOffset.UTC));
  }

  /// Makes a copy now, which is called after the next second if another one of this second is there:
  /// a server and a person may make one at the same time.
  ///
  /// @param goesOn asked now and then, with the bytes that are written so far; the copy is given up once
  ///     it says no
  /// @throws DatabaseFault if there is no copy then
  public Path make(Instant now, LongPredicate goesOn) {
    List<Path> names =
        LongStream.range(0, MOST_AT_ONCE)
            .mapToObj(later -> directory.resolve(stamp(now.plusSeconds(later)) + suffix()))
            .toList();
    return SqliteCopy.make(database, names, goesOn);
  }

  /// The copies that there are, oldest first, without those that somebody deletes meanwhile.
  ///
  /// @throws DatabaseFault if the folder cannot be read
  public List<Backup> all() {
    try {
      List<Named> named = new ArrayList<>();
      for (Path file : files(suffix())) {
        taken(file).ifPresent(at -> named.add(new Named(file, at)));
      }
      named.sort(Comparator.comparing(Named::at));
      Set<YearMonth> months = new HashSet<>();
      List<Backup> found = new ArrayList<>();
      for (Named one : named) {
        boolean earliest = months.add(YearMonth.from(one.at()));
        Instant until = earliest ? null : one.instant().plus(KEPT);
        attributes(one.file())
            .ifPresent(it -> found.add(new Backup(one.file(), one.instant(), it.size(), until)));
      }
      return found;
    } catch (IOException impossible) {
      throw new DatabaseFault("the copies in " + directory + " cannot be read", impossible);
    }
  }

  /// Deletes the copies that are kept no longer, and what a crash left of unfinished ones.
  ///
  /// @return the copies that it deleted
  /// @throws DatabaseFault if one cannot be deleted; what stands behind it is still there then
  public List<Backup> rotate(Instant now) {
    List<Backup> old =
        all().stream()
            .filter(one -> one.keptUntil() != null && !one.keptUntil().isAfter(now))
            .toList();
    try {
      for (Backup one : old) {
        Files.deleteIfExists(one.file());
      }
      for (Path unfinished : files(SqliteCopy.UNFINISHED)) {
        if (isOfThis(unfinished) && isLeft(unfinished, now)) {
          Files.deleteIfExists(unfinished);
        }
      }
    } catch (IOException impossible) {
      throw new DatabaseFault("old copies in " + directory + " cannot be deleted", impossible);
    }
    return old;
  }

  /// Whether nobody will ever finish it; somebody may just have done so.
  private static boolean isLeft(Path unfinished, Instant now) throws IOException {
    return attributes(unfinished)
        .filter(it -> it.lastModifiedTime().toInstant().isBefore(now.minus(LONGEST_COPY)))
        .isPresent();
  }

  /// Empty if the file is gone.
  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private String suffix() {
    return "_" + database.getFileName() + ENDING;
  }

  /// Whether an unfinished copy is one of this database.
  private boolean isOfThis(Path unfinished) {
    String name = String.valueOf(unfinished.getFileName());
    return name.startsWith(suffix() + ".", Math.min(STAMP_LENGTH, name.length()));
  }

  private List<Path> files(String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (String.valueOf(file.getFileName()).endsWith(ending) && Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
    return found;
  }

  /// When the copy of that name was taken; empty if it is none.
  private Optional<LocalDateTime> taken(Path file) {
    String name = String.valueOf(file.getFileName());
    String stamp = name.substring(0, name.length() - suffix().length());
    try {
      return Optional.of(LocalDateTime.parse(stamp, STAMP));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
