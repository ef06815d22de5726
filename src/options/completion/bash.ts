import { type CompletedOption, type CompletedProgram, type Takes, valued } from './table.ts';

/** What bash has to be told to complete these programs. It keeps to what bash 3.2 (macOS) knows. */
export function bashScript(programs: readonly CompletedProgram[]): string {
  const options = valued(programs);
  const words = programs.map(({ words }) => words).filter(Boolean);
  return `# Completion of lunchrush for bash, written by: lunchrush completion bash
_lunchrush() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} program= word skip= i
  if [[ $cur == = ]]; then cur=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == = ]]; then skip=1; continue; fi
    if [[ $skip ]]; then skip=; continue; fi
    case $word in
      ${options.map(({ name }) => name).join('|')}) skip=1 ;;
      -*) ;;
      *)
        case "$program\${program:+ }$word" in
          ${words.map((one) => `'${one}'`).join('|')}) program="$program\${program:+ }$word" ;;
        esac ;;
    esac
  done
  case $before in
${valueCases(options)}
  esac
  case $program in
${programs.map(programCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$word" -- "$cur"))
}
complete -F _lunchrush lunchrush
`;
}

function programCase({ words, next, options }: CompletedProgram): string {
  const all = [...next, ...options].map(({ name }) => name).join(' ');
  return `    '${words}') word='${all}' ;;`;
}

const REPLIES: { is(takes: Takes | undefined): boolean; reply: string }[] = [
  {
    is: (takes) => takes === 'file',
    reply: 'IFS=$\'\\n\'; COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null',
  },
  {
    is: (takes) => takes === 'folder',
    reply: 'IFS=$\'\\n\'; COMPREPLY=($(compgen -d -- "$cur")); compopt -o filenames 2>/dev/null',
  },
  { is: (takes) => takes === 'text', reply: 'COMPREPLY=()' },
];

function valueCases(options: readonly CompletedOption[]): string {
  const alike = REPLIES.map(({ is, reply }) => [options.filter(({ takes }) => is(takes)), reply] as const);
  const listed = options.flatMap((option) =>
    Array.isArray(option.takes)
      ? [[[option], `COMPREPLY=($(compgen -W '${option.takes.join(' ')}' -- "$cur"))`] as const]
      : [],
  );
  return [...alike, ...listed]
    .filter(([these]) => these.length > 0)
    .map(([these, reply]) => `    ${these.map(({ name }) => name).join('|')}) ${reply}; return ;;`)
    .join('\n');
}
