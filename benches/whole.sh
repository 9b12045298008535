#!/bin/sh
# Whole-process figures of claimdeck: time, memory and size, with public tools only (GNU time, script, sqlite3).
#   benches/whole.sh [ARTICLES] [FOLDER]
# ARTICLES: how many are generated (default 4000, about 10 MB). FOLDER: where the files go (default a temporary one).
# Needs: cargo build --release --bin claimdeck --example generate
set -eu

articles=${1:-4000}
folder=${2:-$(mktemp -d)}
target=${CARGO_TARGET_DIR:-target}/release
claimdeck=$target/claimdeck
store=$folder/claims.db
export CLAIMDECK_ANALYST=ana XDG_CONFIG_HOME="$folder/config"

mkdir -p "$folder"
rm -f "$store" "$store"-wal "$store"-shm "$folder"/copy.db*
[ -e "$folder/articles.jsonl" ] || "$target/examples/generate" "$articles" > "$folder/articles.jsonl"

# Says what a command took: seconds of wall, of processor, and the most memory it held.
took() {
    name=$1
    shift
    /usr/bin/time -o "$folder/took" -f '%e %U %S %M' "$@"
    read -r wall user system memory < "$folder/took"
    printf '%-34s %8.2f s   cpu %8.2f s   %6d MB\n' "$name" "$wall" \
        "$(echo "$user + $system" | bc)" "$((memory / 1024))"
}

printf '%s, %s cores, %s articles, %s MB\n' "$(uname -sm)" "$(nproc)" "$articles" \
    "$(($(stat -c %s "$folder/articles.jsonl") / 1000000))"
took 'read the file'          sh -c 'cat "$1" > "$2"' - "$folder/articles.jsonl" /dev/null
took 'extract alone'          sh -c '"$1" extract < "$2" > /dev/null' - "$claimdeck" "$folder/articles.jsonl"
took 'load'                   "$claimdeck" --store "$store" -q load "$folder/articles.jsonl"
took 'load again'             "$claimdeck" --store "$store" -q load "$folder/articles.jsonl"
took 'list, first 20'         sh -c '"$1" --store "$2" list --limit 20 > /dev/null' - "$claimdeck" "$store"
took 'list, search'           sh -c '"$1" --store "$2" list drones --limit 20 > /dev/null' - "$claimdeck" "$store"
took 'stats'                  sh -c '"$1" --store "$2" stats > /dev/null' - "$claimdeck" "$store"
for format in jsonl csv; do
    took "export $format"     "$claimdeck" --store "$store" export --format "$format" -o "$folder/export.$format"
done
took 'import'                 "$claimdeck" --store "$folder/copy.db" -q import "$folder/export.jsonl"
took 'sqlite3 -json'          sh -c 'sqlite3 -json "$1" "SELECT * FROM claim" > /dev/null' - "$store"

# A review of a second: a page down, the end, a search, out.
keys() { for key in j J G '/drones' "$(printf '\r')" j q; do sleep 0.2; printf %s "$key"; done; }
keys | took 'review' script -qec "stty rows 40 cols 120; exec $claimdeck --store $store review" /dev/null > /dev/null || true
[ -e "$folder/took" ] && awk '{ printf "review, most memory (with script)  %d MB\n", $4 / 1024 }' "$folder/took"

printf 'store %s MB of text %s MB\n' "$(($(stat -c %s "$store") / 1000000))" \
    "$(sqlite3 "$store" 'SELECT sum(length(CAST(text AS BLOB))) / 1000000 FROM article_text')"
