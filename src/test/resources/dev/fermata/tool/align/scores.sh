#!/bin/sh
# Local alignment scores of every query against every record, by an independent program:
# SSEARCH 36.3.8i of Debian's package fasta3. Prints query, target and score, sorted.
#
#   sh scores.sh QUERIES DATABASE GAP-OPEN GAP-EXTEND
#
# expected-scores.tsv was made, from this directory, by
#   sh scores.sh queries.fasta ../../../../../../main/resources/databases/proteins.fasta 11 1
set -e
ssearch36 -q -s BP62 -f "-$3" -g "-$4" -z -1 -m 9 -b 100000 -d 0 -E 1e9 "$1" "$2" |
  awk '
    /^ *[0-9]+>>>/ { sub(/^ *[0-9]+>>>/, ""); query = $1 }
    /\( *[0-9]+\) +[0-9]+\t/ {
      target = $1
      sub(/.*\( *[0-9]+\) +/, "")
      sub(/\t.*/, "")
      print query "\t" target "\t" $0
    }' |
  LC_ALL=C sort
