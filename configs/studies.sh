#!/bin/sh
# Runs the experiments of the published reports, one after the other, and sets the reports' figures beside what came of
# them:
#
#     configs/studies.sh                    everything but what is longest: the folds of cnn-final, and cnn-grid
#     configs/studies.sh fashion/cnn-grid   no more than what is named
#
# The results lie in runs/, each by its config's path. Whatever ends this script, the same command goes on: finished
# runs and trials are not done again. RESULTS.jsonc keeps the figures of each, so that the page stays whole where runs are
# gone. MNIST_LAB names the program, seen from the project's folder; without it, mnist-lab.
set -eu
cd "$(dirname "$0")/.."
lab=${MNIST_LAB:-mnist-lab}

# How many seeds each is trained with: ten for most, three to eight where ten would take too long. cnn-final is
# a single run, and five folds if they are asked for.
list='
mnist/factors/activation 10
mnist/factors/units 10
mnist/factors/depth 10
mnist/factors/layer-type 10
mnist/factors/learning-rate 10
mnist/factors/batch-size 10
mnist/factors/early-stopping 10
mnist/logistic-regression 10
mnist/mlp 10
mnist/smaller 10
mnist/smaller-60 10
mnist/smaller-dropout 10
mnist/inspect 10
mnist/changes/baseline 10
mnist/changes/epochs-8 10
mnist/changes/batch-64 10
mnist/changes/learning-rate-0.01 10
mnist/changes/sigmoid 10
mnist/changes/stride-2 10
mnist/changes/augmented 5
mnist/changes/transfer-lite 5
mnist/warmup 10
mnist/warmup-45 5
mnist/bigger-batchnorm 5
mnist/bigger 8
fashion/mlp-baseline 10
fashion/mlp-capacity 5
fashion/mlp-final 5
fashion/cnn-baseline 6
fashion/cnn-depth 4
fashion/optimizers 3
fashion/mlp-grid 3
fashion/cnn-final once
fashion/cnn-final folds
fashion/cnn-grid asked
'

# A config, and how it is run; an experiment that fails does not keep the others from running.
run() {
    config=configs/$1.json
    echo "=== $1" >&2
    case $2 in
    once) "$lab" train "$config" --out "runs/$1" --resume --quiet ;;
    folds) "$lab" sweep "$config" --out "runs/$1-folds" --quiet ;;
    asked) "$lab" sweep "$config" --out "runs/$1" --quiet ;;
    *) "$lab" sweep "$config" --set "sweep.repeats=$2" --out "runs/$1" --quiet ;;
    esac >&2 </dev/null || {
        code=$?
        # The user's own end of it is everybody's.
        [ "$code" -lt 128 ] || exit "$code"
        echo "--- $1 ended with $code" >&2
    }
}

# Whether a config is among those named on the command line; without any, whether it is not one of the longest.
names=$*
is_wanted() {
    case " $names " in
    "  ") [ "$2" != folds ] && [ "$2" != asked ] ;;
    *" $1 "*) ;;
    *) false ;;
    esac
}

for wanted in "$@"; do
    case $list in
    *"
$wanted "*) ;;
    *)
        echo "$0: no study has the config \"$wanted\"; it is one of:$list" >&2
        exit 2
        ;;
    esac
done

while read -r name how; do
    if [ -n "$name" ] && is_wanted "$name" "$how"; then run "$name" "$how"; fi
done <<END
$list
END

mkdir -p runs
"$lab" report configs/reports.jsonc --figures configs/RESULTS.jsonc --out configs/RESULTS.md --pictures configs/pictures
