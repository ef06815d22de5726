import { type CompletedOption, type CompletedProgram, type Takes, valued } from './table.ts';

/** What fish has to be told to complete these programs. */
export function fishScript(programs: readonly CompletedProgram[]): string {
  const words = programs.map(({ words }) => words).filter(Boolean);
  return `# Completion of lunchrush for fish, written by: lunchrush completion fish
function __lunchrush_program
    set -l program ''
    set -l skip ''
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if test -n "$skip"
            set skip ''
            continue
        end
        switch $word
            case ${valued(programs)
              .map(({ name }) => name)
              .join(' ')}
                set skip 1
            case '-*'
            case '*'
                set -l longer (string trim -- "$program $word")
                if contains -- $longer ${words.map((one) => `'${one}'`).join(' ')}
                    set program $longer
                end
        end
    end
    test "$program" = "$argv[1]"
end
complete -c lunchrush -f
${programs.flatMap(programLines).join('\n')}
`;
}

function programLines({ words, next, options }: CompletedProgram): string[] {
  const head = `complete -c lunchrush -n '__lunchrush_program "${words}"'`;
  return [
    ...next.map(({ name, help }) => `${head} -a ${name}${help ? ` -d ${quoted(help)}` : ''}`),
    ...options.map((option) => `${head} ${nameOf(option)}${takesOf(option.takes)} -d ${quoted(option.help)}`),
  ];
}

function nameOf({ name }: CompletedOption): string {
  return name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`;
}

function takesOf(takes: Takes | undefined): string {
  if (takes === undefined) return '';
  if (takes === 'text') return ' -x';
  if (takes === 'file') return ' -r -F';
  return takes === 'folder' ? " -x -a '(__fish_complete_directories)'" : ` -x -a ${quoted(takes.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, (sign) => `\\${sign}`)}'`;
}
