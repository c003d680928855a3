#!/bin/sh
# Runs the experiments of the published reports, one after the other, and sets the reports' figures beside what came of
# them:
#
#     configs/studies.sh                    everything but what is longest: the folds of cnn-final, and cnn-grid
#     configs/studies.sh fashion/cnn-grid   no more than what is named
#
# The results lie in runs/, each by its config's path. Whatever ends this script, the same command goes on: finished
# runs and trials are not done again. MNIST_LAB names the program, seen from the project's folder; without it,
# mnist-lab.
set -eu
cd "$(dirname "$0")/.."
lab=${MNIST_LAB:-mnist-lab}

# What is cheap is trained with three seeds; a sweep brings its own.
list='
mnist/factors/activation sweep
mnist/factors/units sweep
mnist/factors/depth sweep
mnist/factors/layer-type sweep
mnist/factors/learning-rate sweep
mnist/factors/batch-size sweep
mnist/factors/early-stopping sweep
mnist/logistic-regression seeds
mnist/mlp seeds
mnist/smaller seeds
mnist/smaller-60 seeds
mnist/smaller-dropout seeds
mnist/inspect seeds
mnist/changes/baseline seeds
mnist/changes/epochs-8 seeds
mnist/changes/batch-64 seeds
mnist/changes/learning-rate-0.01 seeds
mnist/changes/sigmoid seeds
mnist/changes/stride-2 seeds
mnist/changes/augmented sweep
mnist/changes/transfer-lite seeds
mnist/warmup seeds
mnist/warmup-45 seeds
mnist/bigger-batchnorm seeds
mnist/bigger seeds
fashion/mlp-baseline seeds
fashion/mlp-capacity sweep
fashion/mlp-final seeds
fashion/cnn-baseline sweep
fashion/cnn-depth sweep
fashion/optimizers sweep
fashion/mlp-grid sweep
fashion/cnn-final once
fashion/cnn-final folds
fashion/cnn-grid asked
'

# A config, and how it is run; an experiment that fails does not keep the others from running.
run() {
    config=configs/$1.json
    echo "=== $1" >&2
    case $2 in
    seeds) "$lab" sweep "$config" --set sweep.repeats=3 --out "runs/$1" --quiet ;;
    once) "$lab" train "$config" --out "runs/$1" --resume --quiet ;;
    folds) "$lab" sweep "$config" --out "runs/$1-folds" --quiet ;;
    *) "$lab" sweep "$config" --out "runs/$1" --quiet ;;
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
"$lab" report configs/reports.jsonc --out configs/RESULTS.md --pictures configs/pictures
