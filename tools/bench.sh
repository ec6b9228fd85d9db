#!/usr/bin/env bash
# Runs a measurement of the bench module with the allocator and options that ./discern uses:
#   tools/bench.sh TrainingThroughput [MODEL ROUNDS IMAGES PRECISION]
#   tools/bench.sh Soak [MODEL LOSS BATCH]
#   tools/bench.sh MethodCost [MODEL ROUNDS STEPS BATCH]
#   tools/bench.sh losses            JMH: each loss, forward and backward
# The machine must be idle otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -Pquick package
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864
for allocator in /usr/lib/*-linux-gnu/libtcmalloc_minimal.so.4; do
  if [ -e "$allocator" ]; then export LD_PRELOAD=$allocator; fi
done
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)}
name=$1
shift
case $name in
  losses) main="org.openjdk.jmh.Main LossBenchmark" ;;
  *) main=discern.bench.$name ;;
esac
# shellcheck disable=SC2086
# A heap that is resident from the start: what grows after that is native.
exec java -Xms1g -Xmx1g -XX:+AlwaysPreTouch -XX:+UseSerialGC \
  -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
  -cp "bench/target/classes:bench/target/lib/*" $main "$@"
