# Sourced by mvnw and pro: sets JAVA_HOME to a JDK 25, or says what is missing.
#
# Looked at, in this order: JAVA_HOME, the `java` on PATH, then the folders where
# distributions and version managers put JDKs. A folder is a JDK 25 when its
# `release` file says so and it has a compiler.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25["._+-]' "$1/release"
}

find_jdk_25() {
  if [ -n "${JAVA_HOME-}" ] && is_jdk_25 "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  on_path=$(command -v java 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
    on_path=${on_path%/bin/java}
    if is_jdk_25 "$on_path"; then
      printf '%s\n' "$on_path"
      return 0
    fi
  fi
  for candidate in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.asdf/installs/java/*; do
    if is_jdk_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

if found=$(find_jdk_25); then
  JAVA_HOME=$found
  export JAVA_HOME
else
  {
    echo "No JDK 25 found."
    echo "Looked at JAVA_HOME (${JAVA_HOME:-unset}), the java on PATH, and the usual JVM folders such as /usr/lib/jvm."
    echo "Install one (for example Eclipse Temurin 25) or set JAVA_HOME to it, then run this again."
  } >&2
  exit 1
fi
