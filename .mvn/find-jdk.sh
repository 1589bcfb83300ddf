# Sourced by mvnw, pro and .ci/run: sets JAVA_HOME to a Java 25, or says what is missing and exits 1.
#
# Building needs a JDK. A caller that only runs what is built sets java_25_need=runtime first, and
# then a JRE will do.
#
# Looked at, in this order: JAVA_HOME, the `java` on PATH, then the folders where distributions and
# version managers put JDKs. A folder is a Java 25 when its `release` file says so.

is_java_25() {
  [ -x "$1/bin/java" ] || return 1
  [ "${java_25_need-}" = runtime ] || [ -x "$1/bin/javac" ] || return 1
  [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25["._+-]' "$1/release"
}

# The home that the `java` on PATH reports, for the shims of version managers, which are scripts.
home_of_java_on_path() {
  command -v java >/dev/null 2>&1 || return 1
  java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p'
}

find_java_25() {
  if [ -n "${JAVA_HOME-}" ] && is_java_25 "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  java_on_path=$(command -v java 2>/dev/null || true)
  java_on_path=$(readlink -f "$java_on_path" 2>/dev/null || printf '%s' "$java_on_path")
  for candidate in \
    "${java_on_path%/bin/java}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk-25 \
    /opt/java/* /opt/jdk* /opt/*jdk* /snap/openjdk/current/jdk \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
    "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.gradle/jdks/*; do
    if is_java_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  candidate=$(home_of_java_on_path || true)
  if [ -n "$candidate" ] && is_java_25 "$candidate"; then
    printf '%s\n' "$candidate"
    return 0
  fi
  return 1
}

if found=$(find_java_25); then
  JAVA_HOME=$found
  export JAVA_HOME
else
  {
    if [ "${java_25_need-}" = runtime ]; then
      echo "No Java 25 found."
    else
      echo "No JDK 25 found (a JRE cannot compile)."
    fi
    echo "Looked at JAVA_HOME (${JAVA_HOME:-unset}), the java on PATH ($(command -v java || echo none)), and the usual folders such as /usr/lib/jvm."
    echo "Install one, for example Eclipse Temurin 25 (https://adoptium.net/installation/), or set JAVA_HOME to it, then run this again."
  } >&2
  exit 1
fi
