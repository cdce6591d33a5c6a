# SPDX-License-Identifier: Apache-2.0
# For scripts that build something and play it. Sourced first: from then on the working folder is
# the root of the tree.

script=$(realpath "$0")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
said_as=${script#"$PWD"/}

# The comment at the head of the script is its usage.
usage() { sed -n '3,/^[^#]/ s/^#\( \|$\)//p' "$script"; }

# Words that make no sense: a sentence, and 2.
refuse() {
  echo "$said_as: $1; --help tells what there is" >&2
  exit 2
}

# number NAME VALUE: a whole number from 1 on.
number() {
  [[ ${2:-} =~ ^[1-9][0-9]{0,11}$ ]] || refuse "$1 is a whole number from 1 on, not \"${2:-}\""
}

# quietly LOG COMMAND…: what a build says is shown only if it fails; nothing was played then, so 2.
# REQUIRES: a function here joins its steps by &&, for errexit has no effect in it.
quietly() {
  local log=$1
  mkdir -p "$(dirname "$log")"
  "${@:2}" > "$log" 2>&1 && return
  tail -n 40 "$log" >&2
  echo "$said_as: FAILED: nothing was built; all of it is in $log" >&2
  exit 2
}
