# A real Slurm on this machine alone: munged, slurmctld and a slurmd per node, started by hand, without systemd, database or
# cgroups. To be sourced; everything lies in $cluster, and stop_slurm ends what start_slurm began.

# start_slurm NODE…: one slurmd for each, all on this machine, but each with a host name and a table of processes of its own,
# so that the tool takes them for different machines.
start_slurm() {
    mkdir -p "$cluster/state" "$cluster/munge"
    chmod 755 "$cluster"
    start_munge
    write_configuration "$@"
    export SLURM_CONF=$cluster/slurm.conf
    start_controller
    local node
    for node in "$@"; do start_node "$node"; done
    wait_for "the nodes are idle" nodes_are idle $#
}

stop_slurm() {
    local file
    for file in "$cluster/slurmctld.pid" "$cluster/munge/munged.pid"; do
        [ ! -s "$file" ] || kill "$(cat "$file")" 2>/dev/null || true
    done
    for file in "$cluster"/node-*.pid; do
        [ ! -s "$file" ] || kill -KILL "$(cat "$file")" 2>/dev/null || true
    done
}

start_munge() {
    head -c 1024 /dev/urandom >"$cluster/munge/key"
    chown -R munge: "$cluster/munge"
    chmod 400 "$cluster/munge/key"
    setpriv --reuid=munge --regid=munge --clear-groups munged --key-file="$cluster/munge/key" \
        --socket="$cluster/munge/socket" --pid-file="$cluster/munge/munged.pid" \
        --log-file="$cluster/munge/log" --seed-file="$cluster/munge/seed"
}

# Everything is told not to wait: Slurm's usual times are made for thousands of nodes.
write_configuration() {
    local node port=17001 host
    host=$(hostname -s)
    {
        cat <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=17000
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket,cred_expire=5
SlurmUser=root
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdPidFile=$cluster/slurmd-%n.pid
SlurmdLogFile=$cluster/slurmd-%n.log
SlurmdSpoolDir=$cluster/spool-%n
SlurmdParameters=config_overrides
StateSaveLocation=$cluster/state
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=2,batch_sched_delay=0,bf_interval=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SlurmctldTimeout=30
SlurmdTimeout=10
KillWait=10
ReturnToService=2
MpiDefault=none
END
        for node in "$@"; do
            echo "NodeName=$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$port CPUs=4"
            port=$((port + 1))
        done
        echo "PartitionName=all Nodes=ALL Default=YES PriorityTier=1 GraceTime=5"
        echo "PartitionName=urgent Nodes=ALL PriorityTier=2"
    } >"$cluster/slurm.conf"
    # A file of its own keeps the one in /etc from being read.
    echo "CgroupAutomount=no" >"$cluster/cgroup.conf"
}

start_controller() {
    slurmctld -f "$cluster/slurm.conf"
    wait_for "the controller answers" controller_answers
}

controller_answers() { scontrol ping | grep -q UP; }

stop_controller() {
    local process
    process=$(cat "$cluster/slurmctld.pid")
    kill "$process"
    wait_for "the controller has ended" has_ended "$process"
}

# A process that nobody has waited for yet is still listed, as a zombie.
has_ended() { ! grep -qs '^State:[^Z]*$' "/proc/$1/status"; }

start_node() {
    mkdir -p "$cluster/spool-$1"
    unshare --uts --pid --fork --kill-child --mount-proc sh -c 'hostname "$1" && exec slurmd -D -N "$1" -f "$2"' \
        sh "$1" "$cluster/slurm.conf" >/dev/null 2>&1 &
    echo $! >"$cluster/node-$1.pid"
    disown
}

# Everything on the node is gone at once, as after a power failure.
kill_node() { kill -KILL "$(cat "$cluster/node-$1.pid")"; }

# nodes_are STATE COUNT
nodes_are() { [ "$(sinfo -h -N -p all -o '%T' | grep -cx "$1")" = "$2" ]; }

# wait_for WHAT COMMAND…: until the command succeeds, for some minutes at most.
wait_for() {
    local what=$1 end=$((SECONDS + 240))
    shift
    while [ $SECONDS -lt $end ]; do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.2
    done
    fail "waited for minutes until $what"
}
