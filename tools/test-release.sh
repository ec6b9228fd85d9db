#!/usr/bin/env bash
# Builds the release twice from one commit and compares the bytes; uses the Linux zip in a clean
# folder with a PATH without Maven; runs the steps of release/Containerfile in a root of its own.
#
#   tools/test-release.sh            both builds and all checks (minutes: not part of CI)
#   tools/test-release.sh --built    only the checks, on release/target
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # name, command...
  local title=$1
  shift
  if "$@" >"$work/out" 2>"$work/err"; then
    passed=$((passed + 1))
    echo "ok    $title"
  else
    failed=$((failed + 1))
    echo "FAIL  $title"
    sed 's/^/      /' "$work/out" "$work/err" | tail -n 20
  fi
}

# --- Two builds -----------------------------------------------------------------------------------
target=$top/release/target
build() { # folder
  git clone -q . "$work/$1" && (cd "$work/$1" && mvn -q -B -Prelease -Dspotless.check.skip package)
}
same_bytes() {
  (cd "$work/first" && find . \( -path '*/target/discern-*' -o -name SHA256SUMS \) -type f \
    \( -name '*.jar' -o -name '*.zip' -o -name '*.json' -o -name SHA256SUMS \) -print0 |
    sort -z | xargs -0 sha256sum) >"$work/sums"
  [ "$(grep -c '\.zip$' "$work/sums")" = 3 ] && [ "$(grep -c '\.jar$' "$work/sums")" -ge 6 ] &&
    (cd "$work/second" && sha256sum --quiet -c "$work/sums")
}
if [ "${1:-}" != --built ]; then
  check "a clone of the commit builds" build first
  sleep 2 # so that a clock in the bytes shows
  check "and another one" build second
  check "both give the same bytes" same_bytes
  target=$work/first/release/target
fi

# --- The files ------------------------------------------------------------------------------------
zip=$(ls "$target"/discern-*-linux-x86_64.zip)
folder=$(basename "$zip" .zip)
version=${folder#discern-}
version=${version%-linux-x86_64}

checksums() { (cd "$target" && [ "$(wc -l <SHA256SUMS)" = 4 ] && sha256sum -c SHA256SUMS); }
check "the checksums are right" checksums

platforms() {
  local platform
  for platform in linux-x86_64 macosx-arm64 windows-x86_64; do
    unzip -l "$target/discern-$version-$platform.zip" >"$work/list" || return 1
    [ "$(grep -c "lib/.*-$platform\.jar" "$work/list")" = 4 ] || return 1
    # One platform's natives only.
    [ "$(grep -cE 'lib/.*-(linux|macosx|windows)-[a-z0-9_]*\.jar' "$work/list")" = 4 ] || return 1
    grep -q "licenses/THIRD-PARTY.txt" "$work/list" && grep -q "/LICENSE$" "$work/list" || return 1
  done
  grep -q "discern.cmd" "$work/list"
}
check "each zip has the natives of its platform, a launcher and licenses" platforms

sbom() {
  grep -q '"bomFormat" *: *"CycloneDX"' "$target/discern-$version-sbom.json" &&
    grep -q 'pkg:maven/org.bytedeco/pytorch@' "$target/discern-$version-sbom.json"
}
check "the bill of materials names the engine" sbom

# --- Use ------------------------------------------------------------------------------------------
mkdir -p "$work/clean" "$work/bin"
(cd "$work/clean" && unzip -q "$zip")
for tool in bash env sed grep cat ls dirname readlink head locale uname find java; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
base64 -d >"$work/zero.png" <<'PNG'
iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAF0lEQVR42mNgQID/QABhgBEBBkwxBAAAPiYP8YW0u0sAAAAASUVORK5CYII=
PNG
released() { # arguments of discern
  (cd "$work/clean/$folder" && env -i PATH="$work/bin" HOME="$work/home" ./discern "$@")
}
the_version() {
  ! PATH=$work/bin command -v mvn && released --version >"$work/o" &&
    grep -q "^discern $version (commit [0-9a-f]\{40\}" "$work/o"
}
check "--version names the version and the commit" the_version
trains() { released train digits --epochs 1 --out "$work/run" && [ -s "$work/run/report.html" ]; }
check "train digits --epochs 1 works without Maven" trains
predicts() { released predict "$work/run" "$work/zero.png" | grep -q "%"; }
check "predict works" predicts
manual() { man --warnings -l "$work/clean/$folder/man/man1/discern-train.1" | grep -q "budget"; }
if command -v man >/dev/null; then check "the manual page is one" manual; fi

# --- The image ------------------------------------------------------------------------------------
# The base image and its packages are the host's /usr; all other steps run as they are written.
in_root() {
  local root=$work/root each
  mkdir -p "$root"/{usr/bin,usr/local/bin,etc,tmp,proc,dev,var/cache,opt,work} && chmod 1777 "$root/tmp"
  chmod 777 "$root/work"
  for each in /usr /etc /dev; do mount --rbind "$each" "$root$each" || return 1; done
  mount -t tmpfs tmpfs "$root/usr/local" && mkdir "$root/usr/local/bin" || return 1
  mount -t proc proc "$root/proc" || return 1
  for each in bin lib lib64 sbin; do [ -e "/$each" ] && ln -s "usr/$each" "$root/$each"; done
  local instruction rest user=0 directory=/ variables=()
  while read -r instruction rest; do
    rest=${rest//\$\{VERSION\}/$version}
    case $instruction in
      RUN) case $rest in *apt-get*) ;; *) chroot "$root" /bin/sh -c "$rest" || return 1 ;; esac ;;
      COPY) cp -r "$work/clean/${rest% *}" "$root${rest#* }" || return 1 ;;
      ENV) variables+=("$rest") ;;
      WORKDIR) directory=$rest ;;
      USER) user=$rest ;;
    esac
  done < <(grep -v '^#' "$top/release/Containerfile")
  inside() {
    chroot --userspec="$user" "$root" /usr/bin/env -i -C "$directory" \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${variables[@]}" discern "$@"
  }
  cp "$work/zero.png" "$root/work"
  inside --version && inside train digits --limit-train 256 --epochs 1 --batch-size 16 --out run &&
    inside predict run zero.png | grep -q "%"
}
export -f in_root
image() { export work top version; unshare --mount --propagation private bash -c in_root; }
packages() {
  local each
  for each in openjdk-17-jre-headless libtcmalloc-minimal4; do
    grep -q "$each" release/Containerfile && apt-cache show "$each" >/dev/null || return 1
  done
}
check "the image's packages exist" packages
if [ "$(id -u)" = 0 ]; then
  check "the image's steps give a discern that a user without rights can use" image
else
  echo "skip  the image's steps: only root may mount"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
