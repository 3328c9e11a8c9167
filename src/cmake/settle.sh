#!/bin/sh
# settle.sh PROGRAM: writes a program's file anew, in large pieces. What is written at once Linux keeps in large folios
# (ext4, XFS, Btrfs), and 2 MiB of text or constants that lie in one, aligned alike in file and memory, are mapped in one
# step. What linkers and installers write in small pieces is mapped by 64 KiB at most. Where it cannot be done, or PROGRAM
# is a link, the file stays as it is, and works as well.
set -u
[ -L "$1" ] && exit 0
new=$1.settled
trap 'rm -f "$new"' EXIT
trap 'exit 1' HUP INT TERM
rm -f "$new"
if (umask 077 && dd if="$1" of="$new" bs=8M 2>/dev/null) && chmod --reference="$1" "$new" && touch -r "$1" "$new"; then
  mv -f "$new" "$1" || exit 0
fi
