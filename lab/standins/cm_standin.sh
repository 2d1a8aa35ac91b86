# shellcheck shell=sh disable=SC2034  # the variables are for those who source this
# Shared by the stand-ins (cm_ctl, om_monitor, cm_agent): where things are, and how CM writes its logs.
# Sourced, never run. The closed programs need no such file.

STATIC_CONFIG="$GAUSSHOME/bin/cluster_static_config"
MARKER_DIR="${CM_HOME:-$GAUSSHOME}/bin"
ETCD_LOG="$GAUSSLOG/cm/etcd/etcd-current.log"
ETCDCTL="$GAUSSHOME/bin/etcdctl"
export ETCDCTL_API=3

# The knobs of the lab (log dialect, http or https, names or addresses, extra flags, wanted file limit, rounds of a gentle kill); the real programs have these compiled in or configured.
STANDIN_DIALECT=capnslog
STANDIN_EXTRA_FLAGS=
STANDIN_WANTED_FILES=640000
STANDIN_KILL_ROUNDS=90
# Which form of the disk line cm_agent writes (new: only above 60 percent, old: always), and a line told instead of a measured one.
STANDIN_DISK_FORM=new
STANDIN_DISK_LINE=
STANDIN_SCHEME=http
STANDIN_NAMES=
CERT_DIR="$GAUSSHOME/share/sslcert/etcd"
read_settings() {
    # shellcheck source=/dev/null
    [ -r /etc/cm_standin.conf ] && . /etc/cm_standin.conf
    # As CM's own calls of etcdctl have them. Each question opens a session of its own.
    [ "$STANDIN_SCHEME" = http ] || export ETCDCTL_CACERT="$CERT_DIR/etcdca.crt" ETCDCTL_CERT="$CERT_DIR/client.crt" ETCDCTL_KEY="$CERT_DIR/client.key"
    return 0
}

# open_log NAME: continue the newest "-current" log of this program, or create one named after the present moment.
open_log() {
    umask 077
    mkdir -p "$GAUSSLOG/cm/$1" 2>/dev/null
    CM_LOG=
    for CM_LOG_candidate in "$GAUSSLOG/cm/$1/$1"-*-current.log; do
        [ -f "$CM_LOG_candidate" ] && CM_LOG=$CM_LOG_candidate
    done
    [ -n "$CM_LOG" ] || CM_LOG="$GAUSSLOG/cm/$1/$1-$(date +%Y-%m-%d_%H%M%S)-current.log"
}

# cm_log THREAD LEVEL TEXT: CM's own line head. Local time, milliseconds, no zone. A full log disk is no reason to stop.
cm_log() {
    printf '%s tid=%d %s %s: %s\n' "$(date '+%Y-%m-%d %H:%M:%S.%3N')" "$$" "$1" "$2" "$3" >>"$CM_LOG" 2>/dev/null || :
}

# local_member: sets MEMBER_ID, MEMBER_NAME, MEMBER_IP, MEMBER_ETCD of the node we run on; PEER_IPS holds the others.
local_member() {
    PEER_IPS=
    while read -r id name ip etcd _; do
        if [ "$name" = "$(hostname)" ]; then
            MEMBER_ID=$id MEMBER_NAME=$name MEMBER_IP=$ip MEMBER_ETCD=$etcd
        else
            PEER_IPS="$PEER_IPS $ip"
        fi
    done <"$STATIC_CONFIG"
}

# etcd_alive: an etcd of *this user*; another user's process of that name is none of CM's business.
etcd_alive() {
    pgrep -u "$(id -u)" -x etcd >/dev/null
}
