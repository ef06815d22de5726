import { FLAGS, type FlagName } from './flags.ts';
import { callOf, PROGRAMS } from './programs.ts';
import { PROPERTIES } from './properties/keys.ts';
import { sectionOf } from './sections.ts';
import type { Quantities } from './setting.ts';
import { type SettingName, type SettingRows, settingsOf } from './settings.ts';

/** What the README tells of: the rest is behind --help. */
const MAIN: readonly (FlagName | SettingName)[] = [
  'script',
  'lines',
  'json',
  'fresh',
  'dataDir',
  'brokers',
  'commandConfig',
  'prefix',
  'workers',
  'failRate',
  'throttle',
  'readOnly',
  'http',
  'config',
];

/** The table of programs. */
export function programsMarkdown(): string {
  const rows = Object.values(PROGRAMS).map(({ words, argument, summary }) => [
    code([callOf(words), argument?.usage].filter(Boolean).join(' ')),
    summary,
  ]);
  return table(['program', 'does'], rows);
}

/** The most used options, for the README. */
export function mainOptionsMarkdown(quantities: Quantities): string {
  const all = { ...FLAGS, ...settingsOf(quantities) };
  const rows = MAIN.map((name) => all[name]).map(({ option = '', value, help }) => [
    code(`${option}${valued(value)}`),
    help,
  ]);
  return table(['option', 'does'], rows);
}

/** The page of all options: programs, what is said for one run, settings by subject, and a Java client's properties. */
export function optionsMarkdown(quantities: Quantities): string {
  const rows = settingsOf(quantities);
  const names = (Object.keys(rows) as SettingName[]).filter(
    (name) => rows[name].option || rows[name].variables.length > 0,
  );
  const sections = [...new Set(names.map(sectionOf))].map((section) => {
    const own = names.filter((name) => sectionOf(name) === section);
    return `### ${section}\n\n${table(
      ['option', 'variable', 'key', 'what it is', 'without it'],
      own.map((name) => cells(name, rows)),
    )}`;
  });
  const flags = Object.values(FLAGS).map(({ option, value, help }) => [code(`${option}${valued(value)}`), help]);
  const properties = Object.entries(PROPERTIES).map(([key, help]) => [code(key), help]);
  return [
    `## Programs\n\n\`lunchrush PROGRAM --help\` says which options go with it.\n\n${programsMarkdown()}`,
    `## For one run\n\nOn the command line only.\n\n${table(['option', 'does'], flags)}`,
    `## Settings\n\n${SETTINGS}`,
    ...sections,
    `## A Java client's properties\n\n${JAVA}\n\n${table(['property', 'what it is here'], properties)}`,
  ].join('\n\n');
}

const SETTINGS = `An option goes before a variable, a variable before the configuration file, that before what holds without any.
\`lunchrush config\` says what holds and who said it. An empty variable is an absent one; a switch is \`true\` or \`false\` there.

The configuration file is one JSON object with the keys below: \`--config FILE\`, \`LUNCHRUSH_CONFIG\`, or \`lunchrush.config.json\` in the
working folder. Files that it names are looked for beside it. What has no option and no key is a secret, and has its variable only.
Certificates and keys may stand in their variables as PEM instead of the name of a file.`;

const JAVA = `\`--command-config FILE\` takes what Kafka's own tools take. What it says stands behind whatever names it: named by an option it
goes before variables, named by a variable before the configuration file. It is read byte by byte (ISO 8859-1), as Java does. Other
properties that begin with \`ssl.\`, \`sasl.\` or \`security.\` are named as having no effect, all else is left alone.`;

function cells(name: SettingName, rows: SettingRows): string[] {
  const { option, value, help, variables, json, fallback = '' } = rows[name];
  const said = option ? code(`${option}${valued(value)}`) : '';
  return [said, variables.map((variable) => code(variable.name)).join(', '), json ? code(name) : '', help, fallback];
}

function valued(value: string | undefined): string {
  return value ? ` ${value.replaceAll(/[<>]/g, '')}` : '';
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
