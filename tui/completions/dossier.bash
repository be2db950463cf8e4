# bash completion for dossier(1).  tests/test_tui_manual.c holds these words to the program's own.
_dossier()
{
    local cur prev i command=
    local commands='articles text search lookup quotes mentions entities dates timeline conflicts notes note export import check stat'
    local options='--json --color= --config= --no-config --notes= --today= --quiet --jobs=
        --files-from= --charset= --text --from= --to= --entity= --struck --group= --limit= --format=
        --label= --tag= --comment= --help --version'
    cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $cur == '=' ]]; then
        cur=
    elif [[ $prev == '=' ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $prev in
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W 'markdown markdown-by-tag w3c csv' -- "$cur")); return ;;
    --config|--notes|--files-from|--from) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --today|--jobs|--charset|--to|--entity|--group|--limit|--label|--tag|--comment) return ;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == -* ]] || { command=${COMP_WORDS[i]}; break; }
    done
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
        return
    fi
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$cur"))
    [[ $command ]] || COMPREPLY+=($(compgen -W "$commands" -- "$cur"))
}
complete -F _dossier dossier
