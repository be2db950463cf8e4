#!/bin/sh
# Runs the test programs named on the command line, one after another, and sums up what cmocka
# says of each.  What a program prints is shown in whole when it fails; no test at all is a failure.
log=$1/log
shift
mkdir -p "$log"
passed=0 failed=0 broken=
for t in "$@"; do
    name=$(basename "$t")
    "$t" >"$log/$name" 2>&1
    status=$?
    ok=$(grep -c '^\[       OK \]' "$log/$name")
    passed=$((passed + ok))
    if [ "$status" -eq 0 ]; then
        echo "ok  $name ($ok)"
        continue
    fi
    bad=$(sed -n 's/^\[  FAILED  \] \([0-9][0-9]*\) test.*/\1/p' "$log/$name" | tail -n 1)
    failed=$((failed + ${bad:-1}))
    broken="$broken $name"
    echo "--- $name: exit $status"
    cat "$log/$name"
done
[ -z "$broken" ] || echo "failing:$broken"
echo "[==========] $((passed + failed)) test(s) run."
echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || echo "[  FAILED  ] $failed test(s)."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
