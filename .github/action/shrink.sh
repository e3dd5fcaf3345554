#!/usr/bin/env bash
# Takes what is fixed out of the baseline and commits that; it can add nothing, so it needs no review.
# Where this job may not push, the summary proposes the change instead.
set -euo pipefail

file=${CURBCUT_BASELINE:-curbcut-baseline.txt}
if [ ! -f "$file" ] || [ ! -f curbcut-report/results.json ]; then exit 0; fi
curbcut baseline update curbcut-report --only-shrink --file "$file"
if git diff --quiet -- "$file"; then exit 0; fi
git -c user.name="github-actions[bot]" -c user.email="41898282+github-actions[bot]@users.noreply.github.com" \
  commit --quiet --message "Take fixed problems out of the baseline" -- "$file"
if git push --quiet; then exit 0; fi
echo "::notice title=Curbcut::The baseline can shrink, but this job could not push it; the summary shows the change."
{
  printf '### Curbcut: the baseline can shrink\n\nThis job could not push (that takes `contents: write`, and a branch '
  printf 'that takes pushes). Commit this change of `%s`, or run `git apply` on it:\n\n```diff\n' "$file"
  git diff HEAD~1 -- "$file"
  printf '```\n'
} >> "$GITHUB_STEP_SUMMARY"
