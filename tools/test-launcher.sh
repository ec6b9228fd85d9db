#!/usr/bin/env bash
# Tests of ./discern as a whole: first runs, another libtorch on the system, staleness, bad Java, odd
# environments, standard streams, threads.
# Works in a copy of the checkout, with empty caches; prints "N passed, N failed" at the end.
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
  ./discern losses 2>"$work/e" >/dev/null && grep -q Building "$work/e" || return 1
  sleep 1
  touch runtime/src/main/java/dev/discern/runtime/Classifier.java
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

# --- Where it is started --------------------------------------------------------------------------
no_home() { env -u HOME -u XDG_CACHE_HOME ./discern doctor; }
check "it needs no HOME" no_home

cdpath() { (cd .. && CDPATH=$PWD discern/discern --version); }
check "CDPATH does not lead it astray" cdpath

odd_environment() {
  POSIXLY_CORRECT=1 GREP_OPTIONS=--color=always IFS=e TMPDIR=/nowhere TZ=Nowhere/Odd COLUMNS=3 \
    LANG=tr_TR.UTF-8 ./discern losses crl >"$work/o" 2>"$work/e" && [ ! -s "$work/e" ]
}
check "an odd environment changes nothing" odd_environment

odd_path() {
  local place="$work/a b"$'\n'"c [d]"
  mkdir -p "$place" && cp -a . "$place/discern" && (cd / && "$place/discern/discern" --version)
}
check "it runs from a path with spaces, brackets and a line break" odd_path

colon() {
  mkdir -p "$work/a:b" && cp discern "$work/a:b" && "$work/a:b/discern" --version 2>"$work/e"
  [ $? = 1 ] && grep -q "contains a colon" "$work/e"
}
check "a path with a colon is refused in a sentence" colon

arguments() { # a JVM that shows how it is called
  mkdir -p "$work/jvm$1/bin"
  printf '#!/bin/sh\ncase $1 in -version) echo "openjdk version \\"%s.0.1\\"" >&2;; *) echo "$OMP_NUM_THREADS" "$@";; esac\n' \
    "$1" >"$work/jvm$1/bin/java"
  chmod +x "$work/jvm$1/bin/java"
  JAVA_HOME=$work/jvm$1 ./discern --version
}
options_by_version() {
  arguments 17 | grep -vq -e --enable-native-access &&
    arguments 25 | grep -q -e --enable-native-access=ALL-UNNAMED &&
    arguments 17 | grep -vq -e --enable-native-access
}
check "only Java 24 and later get options that older ones refuse" options_by_version

threads() {
  env -u OMP_NUM_THREADS bash -c "$(declare -f arguments); work=$work; arguments 17" | grep -q "^1 .*discern.threads= " &&
    (export OMP_NUM_THREADS=3 && arguments 17) | grep -q "^3 .*discern.threads=3 "
}
check "the user's OMP_NUM_THREADS is passed on, else Discern chooses" threads

cache_elsewhere() {
  touch "$work/file"
  DISCERN_CACHE=$work/file ./discern doctor 2>"$work/e"
  [ $? = 1 ] && grep -q "DISCERN_CACHE" "$work/e"
}
check "a cache that cannot be used is refused by the name of its setting" cache_elsewhere

# --- Standard streams -----------------------------------------------------------------------------
full_output() {
  for line in losses "losses --json" --version "losses --help"; do
    # shellcheck disable=SC2086
    ./discern $line >/dev/full 2>"$work/e"
    [ $? = 1 ] && grep -q "No space left on device" "$work/e" || return 1
  done
  ./discern losses >&- 2>"$work/e"
  [ $? = 1 ]
}
check "output that is lost is a failure" full_output

# The reader is gone before the first byte: beside a live `head` the output may fit into the pipe.
closed_pipe() {
  rm -f "$work/pipe" && mkfifo "$work/pipe" || return 1
  exec 7<>"$work/pipe" 8>"$work/pipe" 7<&-
  ./discern losses --json 2>"$work/e" >&8 8>&-
  local code=$?
  exec 8>&-
  [ $code = 141 ] && [ ! -s "$work/e" ] || return 1
  ./discern losses --json 2>"$work/e" | head -n 1 >"$work/o"
  [ -s "$work/o" ] && [ ! -s "$work/e" ]
}
check "a reader that has read enough hears nothing" closed_pipe

closed_errors() {
  ./discern losses 2>&- >"$work/o" && [ -s "$work/o" ] || return 1
  ./discern nothing 2>&-
  [ $? = 2 ] || return 1
  (./discern nothing; echo after) >"$work/o" 2>&1 # one description for both: nothing overwrites
  [ "$(head -n 1 "$work/o")" = "discern: There is no command 'nothing'." ] &&
    [ "$(tail -n 1 "$work/o")" = after ]
}
check "standard error may be closed, or the same file as the output" closed_errors

# A JVM that makes the noise of image libraries, and says something of its own.
noise() {
  mkdir -p "$work/noisy/bin"
  cat >"$work/noisy/bin/java" <<'EOF'
#!/bin/sh
if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
echo "Corrupt JPEG data: 12 extraneous bytes before marker 0xd9" >&2
echo "Premature end of JPEG file" >&2
echo "libpng warning: iCCP: known incorrect sRGB profile" >&2
echo "# A fatal error" >&2
printf 'own message, no line end' >&0
printf 'terminate called' >&2
exit 134
EOF
  chmod +x "$work/noisy/bin/java"
  JAVA_HOME=$work/noisy ./discern doctor 2>&1 | cat >"$work/o"
  [ "${PIPESTATUS[0]}" = 134 ] || return 1
  tr -d '\n' <"$work/o" >"$work/flat"
  grep -q "own message, no line end" "$work/flat" && grep -q "# A fatal error" "$work/flat" &&
    grep -q "terminate called" "$work/flat" && ! grep -q -i "jpeg\|libpng" "$work/o"
}
check "noise of image libraries is left out, all else gets through" noise

same_process() {
  mkdir -p "$work/self/bin"
  printf '#!/bin/sh\nif [ "$1" = -version ]; then echo '\''openjdk version "17.0.1"'\'' >&2; exit; fi\necho $$; exec sleep 60\n' >"$work/self/bin/java"
  chmod +x "$work/self/bin/java"
  rm -f "$work/o" # the background process truncates it only when it runs
  JAVA_HOME=$work/self ./discern doctor >"$work/o" &
  local launcher=$!
  until [ -s "$work/o" ]; do sleep 0.1; done 2>/dev/null
  kill -TERM "$launcher"
  wait "$launcher"
  [ $? = 143 ] && [ "$(cat "$work/o")" = "$launcher" ]
}
check "the launcher becomes the JVM, so that signals reach it" same_process

interrupted() {
  rm -f "$work/o"
  ./discern train digits --epochs 1000 --out "$work/stopped" >"$work/o" 2>"$work/e" &
  local training=$!
  until grep -q "^epoch 1/" "$work/e" 2>/dev/null || ! kill -0 $training; do sleep 0.1; done
  kill -TERM $training
  wait $training
  grep -q "^Saved" "$work/e" && [ -s "$work/stopped/checkpoints/last" ]
}
check "a signal saves the run before the end" interrupted

standard_input() {
  local image=$work/zero.png
  base64 -d >"$image" <<'EOF'
iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAF0lEQVR42mNgQID/QABhgBEBBkwxBAAAPiYP8YW0u0sAAAAASUVORK5CYII=
EOF
  ./discern train digits --limit-train 64 --epochs 1 --batch-size 16 --out "$work/piped" --quiet 2>"$work/e" || return 1
  [ ! -s "$work/e" ] || return 1
  ./discern predict "$work/piped" - <"$image" | grep -q "^-	" &&
    cat "$image" | ./discern predict "$work/piped" - | grep -q "^-	" || return 1
  ./discern predict "$work/piped" - <&- 2>"$work/e"
  [ $? = 1 ] && grep -q "^discern: Standard input" "$work/e"
}
check "an image comes from standard input, by a file or a pipe" standard_input

# --- Names and threads ----------------------------------------------------------------------------
other_locale() {
  mkdir -p "$work/猫"
  LC_ALL=C ./discern predict "$work/猫" x 2>"$work/e"
  LC_ALL=xx_XX.UTF-8 ./discern predict "$work/猫" x 2>>"$work/e"
  [ "$(grep -c "猫" "$work/e")" = 2 ]
}
check "names beyond ASCII survive a locale without them" other_locale

recorded_threads() { grep -o '"threads" *: *[0-9]*' "$work/$1/environment.json" | grep -o '[0-9]*$'; }
train_briefly() { ./discern train digits --limit-train 256 --epochs 1 --batch-size 16 --out "$work/$1" >/dev/null 2>&1; }
two_trainings() {
  [ "$(nproc)" -ge 2 ] || return 0
  unset OMP_NUM_THREADS
  taskset -c 0,1 ./discern train digits --epochs 1 --out "$work/t1" >/dev/null 2>&1 &
  local other=$!
  taskset -c 0,1 ./discern train digits --epochs 1 --out "$work/t2" >/dev/null 2>&1 && wait $other &&
    [ "$(recorded_threads t1)" = 1 ] && [ "$(recorded_threads t2)" = 1 ]
}
check "two trainings that start together on two cores take one thread each" two_trainings

chosen_by_user() { OMP_NUM_THREADS=2 train_briefly t3 && [ "$(recorded_threads t3)" = 2 ]; }
check "OMP_NUM_THREADS decides, if it is set" chosen_by_user

# A control group of one and a half CPUs; only root may make one.
one_and_a_half() {
  local group=/sys/fs/cgroup/cpu/discern-test-$$ tasks=tasks
  if mkdir "$group" 2>/dev/null; then
    echo 150000 >"$group/cpu.cfs_quota_us"
  else
    group=/sys/fs/cgroup/discern-test-$$ tasks=cgroup.procs
    mkdir "$group" && echo "150000 100000" >"$group/cpu.max" || return 1
  fi
  (unset OMP_NUM_THREADS; echo $BASHPID >"$group/$tasks" && train_briefly t4)
  local code=$?
  rmdir "$group"
  [ $code = 0 ] && [ "$(recorded_threads t4)" = 1 ]
}
if [ "$(id -u)" = 0 ] && [ "$(nproc)" -ge 2 ]; then
  check "a quota of one and a half CPUs is one thread" one_and_a_half
else
  echo "skip  a CPU quota: only root may set one"
fi

read_only_checkout() {
  chmod -R a-w . && ./discern --version
  local code=$?
  chmod -R u+w .
  return $code
}
check "a checkout that was built may be read-only" read_only_checkout

# A file system of one megabyte, or one that can't be written; only root may mount.
on_a_disk() { # options, sentence, files that must be left whole
  mkdir -p "$work/disk" && mount -t tmpfs -o "$1" tmpfs "$work/disk" || return 1
  ./discern train digits --limit-train 64 --epochs 2 --batch-size 16 --out "$work/disk/run" 2>"$work/e"
  local code=$?
  local kept=0
  for file in $3; do [ -s "$work/disk/run/$file" ] || kept=1; done
  umount "$work/disk"
  [ $code = 1 ] && [ $kept = 0 ] && grep -q "$2" "$work/e"
}
full_disk() { on_a_disk size=1m "No space left on device): free some disk space" "checkpoints/last checkpoints/best"; }
read_only_disk() { on_a_disk ro "Read-only file system): free some disk space" ""; }
if [ "$(id -u)" = 0 ]; then
  check "a full disk ends the work in a sentence and keeps the checkpoints" full_disk
  check "a read-only disk ends the work in a sentence" read_only_disk
else
  echo "skip  full and read-only disks: only root may mount them"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
