# Text that ended within a line passed as if it were whole
tk-parse --strict 2>"$TMPDIR/stderr" >"$TMPDIR/records"
status=$?
[ ! -s "$TMPDIR/stderr" ] || echo told
grep -o '"cut_short":true' "$TMPDIR/records"
exit $status
