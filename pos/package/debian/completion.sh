# usage: completion.sh PROGRAM: completes the commands that the program says it has.
commands=$("$1" --help | sed -n '/^Subcommands:/,$s/^  \([a-z][a-z-]*\) .*/\1/p' | tr '\n' ' ')
cat <<BASH
# Commands of tresen, and files for everything else.
_tresen() {
  local word=\${COMP_WORDS[COMP_CWORD]}
  if [ "\$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands--help --version" -- "\$word")
  fi
}
complete -o default -F _tresen tresen
BASH
