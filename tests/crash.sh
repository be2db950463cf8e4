#!/bin/sh
# Notes against a process that dies and a disk that fails, at every system call of the way (strace
# -e inject), through the program itself: what it acknowledged is there, and the notes always open.
# usage: tests/crash.sh PROGRAM
set -u
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/case"
echo 'The keeper lit the lamp at dusk. Nobody saw him come down again.' >"$folder/case/a.txt"
acknowledged=0 runs=0 refused=0
count() { "$program" --quiet notes --json --notes="$folder/notes.db" "$folder/case" | grep -c '"note"'; }
add() { "$@" --quiet note --json --notes="$folder/notes.db" --comment="$runs" "$folder/case/a.txt" 4 10; }
command -v strace >/dev/null || { echo "strace is not here: skipped"; exit 0; }
for call in openat pwrite64 fsync fdatasync unlink ftruncate fcntl fchmod mkdir; do
    for what in signal=KILL error=ENOSPC error=EIO error=EINTR error=EACCES; do
        n=1
        while :; do
            runs=$((runs + 1))
            told=$(add strace -f -o "$folder/trace" -e "trace=$call" -e "inject=$call:$what:when=$n" \
                "$program" 2>"$folder/said")
            status=$?
            if [ -n "$told" ]; then
                acknowledged=$((acknowledged + 1))
            elif [ "$what" != signal=KILL ]; then
                refused=$((refused + 1))
                [ -s "$folder/said" ] || { echo "$call $what at $n: status $status, and not a word"; exit 1; }
            fi
            there=$(count)
            if [ "$there" -lt "$acknowledged" ] || [ "$there" -gt "$runs" ]; then
                echo "$call $what at $n: $acknowledged acknowledged, $there there"
                exit 1
            fi
            grep -q 'INJECTED\|killed by SIGKILL' "$folder/trace" || break
            n=$((n + 1))
            [ "$n" -gt 60 ] && break
        done
    done
done
echo "$runs runs, $acknowledged acknowledged and none lost, $refused refused with a sentence"
