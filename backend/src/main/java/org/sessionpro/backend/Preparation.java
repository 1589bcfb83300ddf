package org.sessionpro.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import org.sessionpro.backend.db.SqliteLibrary;

/// Does once, in the build, what libraries do at every start otherwise.
///
/// - Signatures are taken out of archives: the virtual machine checks each class of a signed archive
///   when it is loaded, and keeps it out of its cache. What an archive must be like is the build's
///   concern.
/// - Libraries in C are taken out of their archives, into the folder `native`, which the launcher names
///   to whoever loads them.
/// - All files get one time, if one is given: the virtual machine's cache counts only for archives of the
///   time that it saw, so a release that sets times can have one.
final class Preparation {
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CRYPTO_LIBRARY =
      Pattern.compile(
          "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider\\.(so|dylib)");

  private final Path archives;
  private final Path libraries;
  private final String sqlite = SqliteLibrary.entry();

  private Preparation(Path app) {
    this.archives = app.resolve("lib");
    this.libraries = app.resolve("native");
  }

  /// Prepares a packaged program.
  ///
  /// @param arguments its folder; then, perhaps, the time of its files as in
  ///     `2026-01-01T00:00:00Z`
  public static void main(String[] arguments) throws IOException {
    Preparation preparation = new Preparation(Path.of(arguments[0]));
    preparation.prepare();
    if (arguments.length > 1) {
      preparation.date(FileTime.from(Instant.parse(arguments[1])));
    }
  }

  private void prepare() throws IOException {
    Files.createDirectories(libraries);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(archives, "*.jar")) {
      for (Path archive : all) {
        prepare(archive);
      }
    }
  }

  private void date(FileTime time) throws IOException {
    for (Path folder : List.of(archives, libraries)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
        for (Path file : all) {
          Files.setLastModifiedTime(file, time);
        }
      }
    }
  }

  private void prepare(Path archive) throws IOException {
    Path unsigned = archive.resolveSibling(archive.getFileName() + ".unsigned");
    boolean signed;
    try (JarFile jar = new JarFile(archive.toFile(), false)) {
      List<JarEntry> entries = Collections.list(jar.entries());
      for (JarEntry entry : entries) {
        if (entry.getName().equals(sqlite) || CRYPTO_LIBRARY.matcher(entry.getName()).matches()) {
          unpack(jar, entry);
        }
      }
      signed = entries.stream().anyMatch(Preparation::isSignature);
      if (signed) {
        copyUnsigned(jar, entries, unsigned);
      }
    }
    if (signed) {
      Files.move(unsigned, archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isSignature(JarEntry entry) {
    return SIGNATURE.matcher(entry.getName()).matches();
  }

  private void unpack(JarFile jar, JarEntry entry) throws IOException {
    Path file = libraries.resolve(entry.getName().substring(entry.getName().lastIndexOf('/') + 1));
    try (InputStream content = jar.getInputStream(entry)) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copyUnsigned(JarFile jar, List<JarEntry> entries, Path copy)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(copy);
        JarOutputStream written = new JarOutputStream(file)) {
      for (JarEntry entry : entries) {
        if (!isSignature(entry)) {
          JarEntry same = new JarEntry(entry.getName());
          same.setTime(entry.getTime());
          written.putNextEntry(same);
          try (InputStream content = jar.getInputStream(entry)) {
            content.transferTo(written);
          }
          written.closeEntry();
        }
      }
    }
  }
}
