# shellcheck shell=bash
# Sourced by ./burin and ./verify.

# Succeeds when $1 is the home of a JDK 25, and sets JDK25 to it and JDK25_BUILD to a name for this very build of it. The
# `release` file tells, which is faster than asking the JVM.
is_jdk25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line version='' build=''
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*) version=${line#*=} ;;
      IMPLEMENTOR=* | JAVA_RUNTIME_VERSION=*) build+=-${line#*=} ;;
    esac
  done <"$1/release"
  case $version in
    \"25[.\"]*) ;;
    *) return 1 ;;
  esac
  JDK25=$1
  JDK25_BUILD=$version$build
  JDK25_BUILD=${JDK25_BUILD//[^A-Za-z0-9.+-]/}
}

# Finds a JDK 25. Fails with one line that says what to install.
find_jdk25() {
  local candidate java
  if [ -n "${BURIN_JAVA_HOME-}" ]; then
    if is_jdk25 "$BURIN_JAVA_HOME"; then
      return 0
    fi
    echo "burin: BURIN_JAVA_HOME is $BURIN_JAVA_HOME, which is not the home of a JDK 25" >&2
    return 1
  fi
  java=$(command -v java || true)
  while [ -L "$java" ]; do
    candidate=$(readlink "$java")
    case $candidate in
      /*) java=$candidate ;;
      *) java=${java%/*}/$candidate ;;
    esac
  done
  for candidate in \
    "${JAVA_HOME-}" \
    "${java%/bin/java}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/*jdk* /opt/* /opt/*/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jenv/versions/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk25 "$candidate"; then
      return 0
    fi
  done
  echo "burin: JDK 25 not found; install it (Temurin 25 from https://adoptium.net, for example)" \
    "or set BURIN_JAVA_HOME to its home" >&2
  return 1
}
