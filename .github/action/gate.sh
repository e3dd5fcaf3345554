#!/usr/bin/env bash
# Serves the site where asked to, runs the gate, and tells its verdict in every way that GitHub shows one.
# The exit code of the gate is an output: the last step of the action ends with it, after everything was uploaded.
set -uo pipefail

serving=""
stop() {
  if [ -n "$serving" ]; then
    kill -- "-$serving" 2>/dev/null || true
    wait "$serving" 2>/dev/null || true
  fi
}
trap stop EXIT

finish() {
  echo "exit-code=$1" >> "$GITHUB_OUTPUT"
  exit 0
}

if [ -n "${CURBCUT_START:-}" ]; then
  set -m # a process group of its own, so that all that the command starts can be ended
  bash -c "$CURBCUT_START" > curbcut-start.log 2>&1 &
  serving=$!
  set +m
fi

if [ -n "${CURBCUT_WAIT_FOR:-}" ]; then
  end=$((SECONDS + ${CURBCUT_WAIT_SECONDS:-60}))
  until curl --silent --output /dev/null --max-time 5 "$CURBCUT_WAIT_FOR"; do
    if [ "$SECONDS" -ge "$end" ]; then
      said="Nothing answered at $CURBCUT_WAIT_FOR within ${CURBCUT_WAIT_SECONDS:-60} seconds."
      echo "::error title=Curbcut could not judge this change::$said"
      printf '### Curbcut: could not judge this change\n\n%s\n' "$said" >> "$GITHUB_STEP_SUMMARY"
      if [ -f curbcut-start.log ]; then tail -n 50 curbcut-start.log; fi
      finish 3
    fi
    sleep 1
  done
fi

read -r -a words <<< "${CURBCUT_RUN:-check --from urls.txt}"
options=(--gate --plain)
if [ -n "${CURBCUT_BASE_URL:-}" ]; then options+=(--base-url "$CURBCUT_BASE_URL"); fi
known=()
if [ -n "${CURBCUT_BASELINE:-}" ] && [ -f "$CURBCUT_BASELINE" ]; then known=(--baseline "$CURBCUT_BASELINE"); fi

rm -rf curbcut-report
curbcut "${words[@]}" "${options[@]}" "${known[@]}"
code=$?

if [ -f curbcut-report/results.json ]; then
  # "|| true": a verdict that cannot be shown is a verdict all the same.
  curbcut export github curbcut-report "${known[@]}" || true
  curbcut export markdown curbcut-report "${known[@]}" --output curbcut-report/comment.md || true
  curbcut export junit curbcut-report "${known[@]}" --output curbcut-report/curbcut-junit.xml || true
  curbcut export sarif curbcut-report "${known[@]}" --output curbcut-report/curbcut.sarif || true
  if [ -f curbcut-report/comment.md ]; then cat curbcut-report/comment.md >> "$GITHUB_STEP_SUMMARY"; fi
else
  echo "::error title=Curbcut could not judge this change::There are no results; the log says why."
  printf '### Curbcut: could not judge this change\n\nThere are no results; the log says why.\n' >> "$GITHUB_STEP_SUMMARY"
  if [ "$code" -eq 0 ]; then code=3; fi
fi
finish "$code"
