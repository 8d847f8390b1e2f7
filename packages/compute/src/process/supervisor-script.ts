/** Kills what carries the workload's id, `$id`, in whatever group or session it is, but for `$1`; then its group. */
const END = `
end() {
  for file in $(grep -lsF "NOTEMILL_WORKLOAD=$id" /proc/[0-9]*/environ); do
    pid=\${file#/proc/} pid=\${pid%/environ}
    [ "$pid" = "$1" ] || kill -KILL "$pid"
  done
  kill -KILL 0
}
`;

/**
 * Looks once a second whether a workload has an owner and time left, and ends it where not. It does not carry the
 * workload's id itself.
 */
export const WATCHER = `
id=$1 directory=$2 alone=$3 runtime=$4
${END}
trap '' HUP INT TERM
gone=0 time=0
while sleep 1; do
  time=$((time + 1))
  owner=$(cat "$directory/owner")
  if [ -n "$owner" ] && kill -0 "$owner"; then gone=0; else gone=$((gone + 1)); fi
  if [ "$gone" -gt "$alone" ]; then echo lost > "$directory/reason"; end; fi
  if [ -n "$runtime" ] && [ "$time" -gt "$runtime" ]; then echo runtime_limit > "$directory/reason"; end; fi
done
`;

/**
 * The shell that a workload runs under, in a process group of its own.
 *
 * It begins when its owner says so, which is when it is under its limits, and starts a {@link WATCHER}. It writes
 * down how the program ended, so that an owner that comes later knows, and leaves nothing behind.
 */
export const SUPERVISOR = `
IFS= read -r go || exit 1
exec < /dev/null > /dev/null 2>&1
trap : HUP INT TERM
id=$NOTEMILL_WORKLOAD watcher=$1 directory=$2 alone=$3 runtime=$4 path=\${PATH:-/usr/bin:/bin}
shift 4
PATH=/usr/bin:/bin
${END}
env -u NOTEMILL_WORKLOAD /bin/sh -c "$watcher" notemill-watcher "$id" "$directory" "$alone" "$runtime" &
cd "$directory/work" || exit 1
PATH=$path "$@" >> "$directory/log" 2>&1
echo $? > "$directory/exit.new"
times > "$directory/times"
mv "$directory/exit.new" "$directory/exit"
end $$
`;
