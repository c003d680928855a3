# A real Slurm on this machine alone: munged, slurmctld and a slurmd per node, started by hand, without systemd, database or
# cgroups. To be sourced; everything lies in $cluster, and `stop_slurm` ends what `start_slurm` began.

# start_slurm NODE…: one slurmd for each, all on this machine.
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
    scancel --full --signal=KILL --state=RUNNING --user="$(id -un)" 2>/dev/null || true
    for file in "$cluster"/slurmd-*.pid "$cluster/slurmctld.pid" "$cluster/munge/munged.pid"; do
        [ ! -s "$file" ] || kill "$(cat "$file")" 2>/dev/null || true
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

write_configuration() {
    local node port=17001 host
    host=$(hostname -s)
    {
        cat <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=17000
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket
CryptoType=crypto/munge
SlurmUser=root
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdPidFile=$cluster/slurmd-%n.pid
SlurmdLogFile=$cluster/slurmd-%n.log
SlurmdSpoolDir=$cluster/spool-%n
StateSaveLocation=$cluster/state
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=2,batch_sched_delay=0,requeue_delay=1
SlurmctldTimeout=30
SlurmdTimeout=20
KillWait=10
MinJobAge=60
ReturnToService=2
MpiDefault=none
SlurmdParameters=config_overrides
END
        for node in "$@"; do
            echo "NodeName=$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$port CPUs=4"
            port=$((port + 1))
        done
        echo "PartitionName=all Nodes=$(IFS=,; echo "$*") Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO"
    } >"$cluster/slurm.conf"
    # A file of its own keeps the one in /etc from being read.
    echo "CgroupAutomount=no" >"$cluster/cgroup.conf"
}

start_controller() {
    slurmctld -f "$cluster/slurm.conf"
    wait_for "the controller answers" scontrol ping
}

stop_controller() {
    kill "$(cat "$cluster/slurmctld.pid")"
    wait_for "the controller has ended" no_controller
}

no_controller() { ! kill -0 "$(cat "$cluster/slurmctld.pid" 2>/dev/null || echo none)" 2>/dev/null; }

start_node() {
    mkdir -p "$cluster/spool-$1"
    slurmd -N "$1" -f "$cluster/slurm.conf"
}

# nodes_are STATE COUNT
nodes_are() { [ "$(sinfo -h -N -o '%T' | grep -cx "$1")" = "$2" ]; }

# wait_for WHAT COMMAND…: until the command succeeds, for two minutes at most.
wait_for() {
    local what=$1 second
    shift
    for second in $(seq 240); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.5
    done
    fail "waited two minutes until $what: $*"
}
