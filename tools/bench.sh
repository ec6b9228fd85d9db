#!/usr/bin/env bash
# Runs a measurement of the bench module with the same allocator and options as ./discern:
#   tools/bench.sh TrainingThroughput [MODEL ROUNDS IMAGES PRECISION DATA]
#   tools/bench.sh Soak [MODEL LOSS BATCH STEPS]
#   tools/bench.sh MethodCost [MODEL ROUNDS STEPS BATCH]
#   tools/bench.sh decoding FOLDER [IMAGES ROUNDS]  decode and crop photographs; alternates with torchvision if
#                                    PYTHON names an interpreter that has it
#   tools/bench.sh FlatParameters [MODEL:BATCH:SIDE,... ROUNDS SECONDS PRECISION]
#   tools/bench.sh FolderOpening [FILES CLASSES]
#   tools/bench.sh CheckScale [IMAGES CLASSES FEATURES]  what check does after decoding, with 60 planted copies
#   tools/bench.sh FilesAgainstMemory FOLDER [MODEL ROUNDS CACHE IMAGES]
#   tools/bench.sh Coverage RUN [SPLITS]  coverage of prediction sets on the test images, over random splits
#   tools/bench.sh Predicting RUN FOLDER [IMAGES ROUNDS]
#   tools/bench.sh RuntimeAgreement RUN FILE.onnx FOLDER
#   tools/bench.sh RuntimeSpeed FILE.onnx [ROUNDS THREADS]  the runtime on decoded images; alternates with ONNX
#                                    Runtime in Python if PYTHON names an interpreter that has it
#   tools/bench.sh NetworkSpeed [MODELS ROUNDS BATCH SIDE PRECISIONS CLOCK]  a step and inference of networks, names
#                                    separated by commas; alternates with PyTorch if PYTHON names an interpreter
#                                    that has torch and timm
#   tools/bench.sh losses            each loss forward and backward, with JMH
#   tools/bench.sh compare [ROUNDS]  compare on digits against the same runs trained one by one
# The machine must be otherwise idle.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf bench/target/lib # otherwise jars of earlier dependencies remain
mvn -q -B -Pquick package
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864
for allocator in /usr/lib/*-linux-gnu/libtcmalloc_minimal.so.4; do
  if [ -e "$allocator" ]; then export LD_PRELOAD=$allocator; fi
done
export OPENBLAS_NUM_THREADS=1
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)}
name=$1
shift

seconds() { local start end; start=$(date +%s%N); "$@" >/dev/null 2>&1; end=$(date +%s%N); echo $((end - start)); }
train_each() {
  for loss in ce crl; do
    for seed in 0 1 2; do ./discern train digits --loss $loss --seed $seed --out "$1/$loss-$seed" || return 1; done
  done
}
if [ "$name" = compare ]; then
  ./discern losses >/dev/null
  for round in $(seq "${1:-3}"); do
    out=$(mktemp -d)
    apart=$(seconds train_each "$out")
    together=$(seconds ./discern compare digits --losses ce,crl --seeds 3 --no-control --out "$out/compare")
    awk -v r="$round" -v a="$apart" -v c="$together" \
      'BEGIN { printf "round %d  6 train runs %.1f s  compare %.1f s  ratio %.3f (target: 1.03)\n", r, a / 1e9, c / 1e9, c / a }'
    rm -rf "$out"
  done
  exit
fi
if java -version 2>&1 | grep -qE '"(2[4-9]|[3-9][0-9])'; then native=--enable-native-access=ALL-UNNAMED; fi
if [ "$name" = decoding ]; then
  ours() {
    OMP_NUM_THREADS=1 taskset -c 0 java ${native:-} -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxBytes=0 \
      -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "bench/target/classes:bench/target/lib/*" \
      dev.discern.bench.Decoding "$1" "${2:-3000}"
  }
  for round in $(seq "${3:-5}"); do
    mine=$(ours "$@")
    peer=$(if [ -n "${PYTHON:-}" ]; then OMP_NUM_THREADS=1 taskset -c 0 "$PYTHON" tools/bench/decoding.py "$1" "${2:-3000}"; fi)
    awk -v r="$round" -v a="$mine" -v b="${peer:-0}" 'BEGIN {
      printf "round %d  %.0f images/s", r, a
      if (b > 0) printf "  torchvision %.0f  ratio %.2f (target: 1.5)", b, a / b
      print "" }'
  done
  exit
fi
case $name in
  losses) main="org.openjdk.jmh.Main LossBenchmark" ;;
  *) main=dev.discern.bench.$name ;;
esac
heap=1g
if [ "$name" = FolderOpening ]; then heap=512m; fi
if [ "$name" = CheckScale ]; then heap=2g; fi
if [ "$name" = MethodCost ]; then heap=4g; fi # every method has its own session with its own images
# The whole heap is resident from the start, so any growth after that is native.
# shellcheck disable=SC2086
exec java ${native:-} -Xms$heap -Xmx$heap -XX:+AlwaysPreTouch -XX:+UseSerialGC \
  -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
  -cp "bench/target/classes:bench/target/lib/*" $main "$@"
