#!/bin/sh
# Mistakes that the types must make impossible. For each there are two files: NAME.wrong.cpp must not compile, and the
# compiler must say what its first line expects ("// expect: part of the message"); NAME.right.cpp, its twin, must compile,
# so that a misspelt include cannot pass for a refusal.
#
#   check.sh            with g++, or with the compiler that CXX names
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
compiler=${CXX:-g++}
passed=0
failed=0

compile() {
  LC_ALL=C "$compiler" -std=c++20 -fsyntax-only -I "$root/src" "$1" 2>&1
}

verdict() {
  if [ "$1" = good ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $2" >&2
  fi
}

for wrong in "$here"/*.wrong.cpp; do
  name=$(basename "$wrong" .wrong.cpp)
  right=$here/$name.right.cpp
  expected=$(sed -n '1s|^// expect: ||p' "$wrong")
  if [ -z "$expected" ]; then
    verdict bad "$name.wrong.cpp does not begin with '// expect: '"
  elif output=$(compile "$wrong"); then
    verdict bad "$name.wrong.cpp compiles"
  elif ! printf '%s' "$output" | grep -E 'error:|note:' | grep -qF -- "$expected"; then
    verdict bad "$name.wrong.cpp fails, but without '$expected': $(printf '%s' "$output" | grep -m1 error)"
  else
    verdict good ""
  fi
  if [ ! -f "$right" ]; then
    verdict bad "$name.right.cpp is missing"
  elif ! output=$(compile "$right"); then
    verdict bad "$name.right.cpp does not compile: $(printf '%s' "$output" | grep -m1 error)"
  else
    verdict good ""
  fi
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
