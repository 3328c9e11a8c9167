#!/bin/sh
# A run on a Slurm cluster: an array of jobs, each of which makes one shard, and a job after them that merges.
#
#     sh specs/cluster/slurm.sh 20 specs/runs/2026-q4.yaml --key-file /srv/briefing/key
#
# 20 is the number of shards; what follows the run goes to 'briefing batch' as it is. Program, fonts, specs, key and
# output have the same paths on all nodes, in a file system that knows locks (NFS 4, for one). BRIEFING names the
# program where it is not in PATH. The merge comes when the last shard has ended, however that was: faults in specs
# do not keep back what was made. What a lost node left undone is made by the same command again, or alone:
#
#     BRIEFING_SHARDS=20 sbatch --array=7 specs/cluster/slurm.sh shard specs/runs/2026-q4.yaml --key-file ...
#     sbatch specs/cluster/slurm.sh merge specs/runs/2026-q4.yaml --key-file ...
#
# What each job gets; a worker for each processor:
#SBATCH --job-name=briefing
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --output=briefing-%j.log
#SBATCH --requeue
set -eu

briefing=${BRIEFING:-briefing}
step=${1-}

case $step in
  shard)
    shift
    exec "$briefing" batch "$@" --shard auto --jobs "${SLURM_CPUS_PER_TASK:-1}"
    ;;
  merge)
    shift
    exec "$briefing" batch merge "$@"
    ;;
  '' | *[!0-9]*)
    printf 'usage: sh slurm.sh SHARDS RUN [OPTION OF batch]...\n' >&2
    exit 2
    ;;
esac
[ $# -ge 2 ] || { printf 'slurm.sh: which run?\n' >&2; exit 2; }

shift
export BRIEFING_SHARDS="$step"
shards=$(sbatch --parsable --array="1-$step" --output='briefing-%A-%a.log' "$0" shard "$@")
merge=$(sbatch --parsable --dependency="afterany:$shards" "$0" merge "$@")
printf 'shards: job %s; merge: job %s\n' "$shards" "$merge"
