package org.sessionpro.backend.takeover.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds other processes that have a SQLite database open, or its log or the log's index. Only Linux
/// tells, and is only asked: to try a lock would be to write to the source, and could disturb who has it.
/// Nothing is taken over from a file that the Python service has open (`import-python.md` §7.1).
///
/// | told by | shows |
/// |---|---|
/// | `PID/fd` | whatever a process has open: to `root` of everybody, otherwise of processes of the same user |
/// | `locks` | to everybody who has locked something: with a log whoever is connected, otherwise whoever is reading or writing |
///
/// @param proc where the kernel tells of processes; nothing is found where nothing is told
record FileHolders(Path proc) {
  /// Of this machine.
  static final FileHolders LINUX = new FileHolders(Path.of("/proc"));

  private static final List<String> PARTS = List.of("", "-wal", "-shm", "-journal");

  /// `1: POSIX ADVISORY READ 4236 fe:00:2155042 128 128`.
  private static final Pattern LOCK = Pattern.compile(" (-?\\d+) ([0-9a-f]+):([0-9a-f]+):(\\d+) ");

  /// A file, whatever it is called.
  ///
  /// @param major of the device that it is on, as the kernel tells
  /// @param minor of the same
  private record Inode(long major, long minor, long number) {
    static Inode of(Path file) throws IOException {
      long device = (Long) Files.getAttribute(file, "unix:dev");
      // As gnu_dev_major and gnu_dev_minor do it.
      return new Inode(
          ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL),
          (device & 0xff) | ((device >>> 12) & ~0xffL),
          (Long) Files.getAttribute(file, "unix:ino"));
    }
  }

  /// How many processes besides this one there are.
  int othersOf(Path database) {
    Set<Inode> files = new HashSet<>();
    for (String part : PARTS) {
      addInode(database.resolveSibling(database.getFileName() + part), files);
    }
    Set<Long> holders = new HashSet<>(lockers(files));
    openers(files, holders);
    holders.remove(ProcessHandle.current().pid());
    return holders.size();
  }

  /// Unless there is none, or it may not be looked at.
  private static void addInode(Path file, Set<Inode> inodes) {
    try {
      inodes.add(Inode.of(file));
    } catch (IOException nothingToSee) {
      // A process may end at any time, and of those of others little is shown.
    }
  }

  private List<Long> lockers(Set<Inode> files) {
    try {
      return LOCK.matcher(Files.readString(proc.resolve("locks")))
          .results()
          .filter(lock -> files.contains(inode(lock)))
          .map(lock -> Long.valueOf(lock.group(1)))
          .toList();
    } catch (IOException nothingTold) {
      return List.of();
    }
  }

  private static Inode inode(MatchResult lock) {
    return new Inode(
        Long.parseLong(lock.group(2), 16),
        Long.parseLong(lock.group(3), 16),
        Long.parseLong(lock.group(4)));
  }

  private void openers(Set<Inode> files, Set<Long> holders) {
    for (Path process : in(proc, "[0-9]*")) {
      Set<Inode> open = new HashSet<>();
      in(process.resolve("fd"), "*").forEach(descriptor -> addInode(descriptor, open));
      open.retainAll(files);
      if (!open.isEmpty()) {
        holders.add(Long.valueOf(process.getFileName().toString()));
      }
    }
  }

  private static List<Path> in(Path folder, String names) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
      List<Path> all = new ArrayList<>();
      entries.forEach(all::add);
      return all;
    } catch (IOException | DirectoryIteratorException nothingToSee) {
      return List.of();
    }
  }
}
