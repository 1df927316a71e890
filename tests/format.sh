#!/usr/bin/env bash
# Every line of our C++ stands as .clang-format says (clang-format 14, Debian 12's), and none is longer than 120 columns,
# so that a change shows only what it changes. The last line counts the files.
#   tests/format.sh          says which files differ
#   tests/format.sh --mend   formats them
set -uo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
formatter=$(command -v clang-format-14) || {
  echo "clang-format-14 is not installed: ./setup tests"
  echo "0 passed, 1 failed"
  exit 1
}
mapfile -t files < <(find src tests bench -name '*.h' -o -name '*.cpp' | sort)
if [ "${1:-}" = --mend ]; then exec "$formatter" -i "${files[@]}"; fi
# What formatting cannot break, such as a long literal, it leaves alone: lengths are looked at too.
bad=$({
  printf '%s\0' "${files[@]}" | xargs -0 -P 2 -n 40 "$formatter" --dry-run -Werror 2>&1 |
    sed -nE 's/^([^: ]+):[0-9]+:[0-9]+: error.*/\1 is not formatted: tests\/format.sh --mend/p'
  grep -nE '.{121,}' "${files[@]}" | sed -E 's/^([^:]+:[0-9]+):.*/\1 is longer than 120 columns/'
} | sort -u)
[ -z "$bad" ] || echo "$bad"
failed=$(cut -d: -f1 <<<"$bad" | cut -d' ' -f1 | sort -u | grep -c .)
echo "$((${#files[@]} - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
