#!/bin/sh
# Runs every test and check: installs what they need from the system's packages where it may, then `mvn verify`.
# Arguments go on to Maven: scripts/test.sh -pl core -am

set -u
cd -- "$(dirname -- "$0")/.." || exit 2

say() { printf 'test.sh: %s\n' "$*" >&2; }

# Prints the Java version of the compiler in the home folder $1, or 0.
javac_version() {
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    printf '%s' "${version:-0}"
}

# Prints the home folder of a JDK 17 or newer: JAVA_HOME, PATH, then whatever the system's alternatives know.
find_jdk() {
    {
        printf '%s\n' "${JAVA_HOME:-}"
        if on_path=$(command -v javac); then readlink -f -- "$on_path" | sed 's|/bin/javac$||'; fi
        update-alternatives --list javac 2>/dev/null | sed 's|/bin/javac$||'
    } | while IFS= read -r home; do
        if [ -n "$home" ] && [ -x "$home/bin/javac" ] && [ "$(javac_version "$home")" -ge 17 ]; then
            printf '%s' "$home"
            break
        fi
    done
}

# Installs packages, or says what is missing and gives up.
install() {
    as_root=
    if [ "$(id -u)" != 0 ]; then
        if sudo -n true 2>/dev/null; then as_root='sudo -n'; else as_root=no; fi
    fi
    if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
        say "missing: $*. Install a JDK 17 or newer and Maven 3.8 or newer (Debian, Ubuntu: apt-get install $*)."
        exit 2
    fi
    say "installing $*"
    # An out-of-date list of packages is the usual reason for a failure, a useless one: fetch it only then.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" ||
        { $as_root apt-get update -q &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } ||
        { say "could not install: $*"; exit 2; }
}

jdk=$(find_jdk)
missing=
[ -n "$jdk" ] || missing=openjdk-17-jdk-headless
command -v mvn >/dev/null 2>&1 || missing="$missing maven"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of packages
    install $missing
    jdk=$(find_jdk)
    [ -n "$jdk" ] || { say "no JDK 17 or newer after installing; set JAVA_HOME to one"; exit 2; }
fi

JAVA_HOME=$jdk exec mvn -B verify "$@"
