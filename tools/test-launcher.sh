#!/usr/bin/env bash
# Tests ./discern as a whole: first runs, another libtorch on the system, stale builds, unusable Java.
# Works in a copy of the checkout with empty caches, and prints "N passed, N failed" at the end.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # name, command...
  local name=$1
  shift
  if "$@" >"$work/out" 2>"$work/err"; then
    passed=$((passed + 1))
    echo "ok    $name"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    sed 's/^/      /' "$work/out" "$work/err" | tail -n 20
  fi
}

git clone -q . "$work/discern"
cd "$work/discern" || exit 1

first_run() { DISCERN_CACHE=$work/cache-first ./discern doctor; }
check "the very first run builds, unpacks and loads" first_run

says_nothing() {
  ./discern losses >"$work/o" 2>"$work/e" && [ ! -s "$work/e" ] && [ "$(head -n 1 "$work/o")" = ce ]
}
check "a built checkout prints nothing but the command's output" says_nothing

second_libtorch() {
  ls /usr/lib/*/libtorch_cpu.so >/dev/null || return 1
  for n in 1 2 3; do
    DISCERN_CACHE=$work/cache-$n ./discern doctor || return 1
    rm -rf "$work/cache-$n"
  done
}
check "first runs survive another libtorch on the system (3 of 3)" second_libtorch

embedded() {
  for n in 1 2 3; do
    java -Dorg.bytedeco.javacpp.cachedir="$work/embedded-$n" -cp "lib/*" dev.discern.cli.Main doctor || return 1
    rm -rf "$work/embedded-$n"
  done
}
check "so does the library without the launcher (3 of 3)" embedded

its_path() {
  folder=$(dirname "$(ls /usr/lib/*/libtorch_cpu.so)")
  LD_LIBRARY_PATH=$folder DISCERN_CACHE=$work/cache-path ./discern doctor
}
check "and survives it first on the linker's path" its_path

two_at_once() {
  DISCERN_CACHE=$work/cache-both ./discern doctor >/dev/null &
  local other=$!
  DISCERN_CACHE=$work/cache-both ./discern doctor && wait "$other"
}
check "two first runs at once share a cache" two_at_once

rebuilds_when_stale() {
  ./discern losses >/dev/null || return 1
  sleep 1
  touch core/src/main/java/dev/discern/loss/Losses.java
  ./discern losses 2>"$work/e" >/dev/null && grep -q Building "$work/e"
}
check "a changed source is built again" rebuilds_when_stale

old_java() {
  mkdir -p "$work/old/bin"
  printf '#!/bin/sh\necho '\''openjdk version "11.0.2" 2019-01-15'\'' >&2\n' >"$work/old/bin/java"
  chmod +x "$work/old/bin/java"
  JAVA_HOME=$work/old ./discern losses 2>"$work/e"
  [ $? = 1 ] && grep -q "is Java 11, but Discern needs 17" "$work/e"
}
check "an old Java is refused in a sentence" old_java

no_java() {
  JAVA_HOME=$work/nowhere ./discern losses 2>"$work/e"
  [ $? = 1 ] && grep -q "install JDK 17" "$work/e"
}
check "a missing Java is refused in a sentence" no_java

through_a_link() { ln -s "$work/discern/discern" "$work/link" && (cd / && "$work/link" models); }
check "a symbolic link to the launcher works from anywhere" through_a_link

exit_code() {
  ./discern train nothing-of-that-name 2>"$work/e"
  [ $? = 2 ] && grep -q "no data set and no folder" "$work/e"
}
check "the command's exit code is passed on" exit_code

# A file system of one megabyte, or a read-only one. Only root may mount.
on_a_disk() { # options, sentence, files that must remain intact
  mkdir -p "$work/disk" && mount -t tmpfs -o "$1" tmpfs "$work/disk" || return 1
  ./discern train digits --limit-train 64 --epochs 2 --batch-size 16 --out "$work/disk/run" 2>"$work/e"
  local code=$?
  local kept=0
  for file in $3; do [ -s "$work/disk/run/$file" ] || kept=1; done
  umount "$work/disk"
  [ $code = 1 ] && [ $kept = 0 ] && grep -q "$2" "$work/e"
}
full_disk() { on_a_disk size=1m "No space left on device): make room" "checkpoints/last checkpoints/best"; }
read_only_disk() { on_a_disk ro "Read-only file system): make room" ""; }
if [ "$(id -u)" = 0 ]; then
  check "a full disk ends the work in a sentence and keeps the checkpoints" full_disk
  check "a read-only disk ends the work in a sentence" read_only_disk
else
  echo "skip  full and read-only disks: only root may mount them"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
