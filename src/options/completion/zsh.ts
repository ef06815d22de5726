import { type CompletedOption, type CompletedProgram, type Takes, valued } from './table.ts';

/** What zsh has to be told to complete these programs: to be sourced, or as a file _lunchrush of its fpath. */
export function zshScript(programs: readonly CompletedProgram[]): string {
  const words = programs.map(({ words }) => words).filter(Boolean);
  return `#compdef lunchrush
# Completion of lunchrush for zsh, written by: lunchrush completion zsh
_lunchrush() {
  local curcontext=$curcontext state line word program= skip=
  local -a next options
  typeset -A opt_args
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      (${valued(programs)
        .map(({ name }) => name)
        .join('|')}) skip=1 ;;
      (-*) ;;
      (*)
        case "$program\${program:+ }$word" in
          (${words.map((one) => one.replaceAll(' ', '\\ ')).join('|')}) program="$program\${program:+ }$word" ;;
        esac ;;
    esac
  done
  case $program in
${programs.map(programCase).join('\n')}
  esac
  _arguments -C -S $options '*: :->word' && return
  [[ $state == word ]] && (( $#next )) && _describe -t words word next
}
if [[ $funcstack[1] == _lunchrush ]]; then _lunchrush "$@"; else compdef _lunchrush lunchrush; fi
`;
}

function programCase({ words, next, options }: CompletedProgram): string {
  const items = next.map(({ name, help }) => quoted(help ? `${name}:${help}` : name));
  return `    (${words === '' ? "''" : words.replaceAll(' ', '\\ ')})
      next=(${items.join(' ')})
      options=(
${options.map((option) => `        ${quoted(specOf(option))}`).join('\n')}
      ) ;;`;
}

function specOf({ name, help, takes }: CompletedOption): string {
  const text = `[${help.replaceAll(/[[\]\\]/g, (sign) => `\\${sign}`)}]`;
  if (takes === undefined) return `${name}${text}`;
  // An option of one letter stands apart from its value and may come again.
  const head = name.startsWith('--') ? `${name}=${text}` : `*${name}${text}`;
  return `${head}: :${actionOf(takes)}`;
}

function actionOf(takes: Takes): string {
  if (takes === 'text') return ' ';
  if (takes === 'file') return '_files';
  return takes === 'folder' ? '_files -/' : `(${takes.join(' ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
