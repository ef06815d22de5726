import { type Finding, ok, warn } from '../check.ts';

/** What can be known of a terminal without changing anything on it. */
export type Terminal = {
  /** Whether stdin and stdout are terminals. */
  stdin: boolean;
  stdout: boolean;
  /** Whether keystrokes can be had one by one. */
  raw: boolean;
  columns?: number;
  rows?: number;
  /** Bits of colour: 1, 4, 8 or 24. */
  colorDepth?: number;
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
};

/** Below this the console only says what it needs. */
const LEAST = { columns: 60, rows: 18 };

const SCRIPTS = 'run scripts instead, with -e or --script';

/** Whether the console can be shown here; scripts and services run without any of this. */
export function checkTerminal(terminal: Terminal): Finding {
  const { stdin, stdout, raw, columns = 0, rows = 0, env } = terminal;
  const type = env['TERM'] ?? '';
  const data = { stdin, stdout, raw, columns, rows, term: type, colors: colorsOf(terminal), utf8: isUtf8(terminal) };
  if (!stdout || !stdin) {
    const which = stdout ? 'stdin is' : stdin ? 'stdout is' : 'stdin and stdout are';
    return warn(`${which} no terminal: the console cannot be shown here`, SCRIPTS, data);
  }
  if (type === 'dumb') return warn('TERM=dumb: the console cannot be shown here', SCRIPTS, data);
  if (!raw) return warn('keystrokes cannot be read one by one here', SCRIPTS, data);
  const seen = [`${columns}×${rows}`, ...(type ? [type] : []), colorWords(terminal)];
  if (columns < LEAST.columns || rows < LEAST.rows) {
    const needs = `make the window at least ${LEAST.columns} wide and ${LEAST.rows} high; 80 by 24 is good`;
    return warn(`${seen.join(', ')}: too small for the console`, needs, data);
  }
  if (!isUtf8(terminal)) return warn(`${seen.join(', ')}, not UTF-8`, 'use --ascii, or a UTF-8 locale (LANG)', data);
  return ok(`${seen.join(', ')}, UTF-8, keystrokes can be read`, data);
}

function colorsOf({ colorDepth = 1, env }: Terminal): number {
  return env['NO_COLOR'] ? 2 : 2 ** colorDepth;
}

function colorWords(terminal: Terminal): string {
  if (terminal.env['NO_COLOR']) return 'no colours (NO_COLOR)';
  const colors = colorsOf(terminal);
  if (colors <= 2) return 'no colours';
  return colors > 256 ? 'true colour' : `${colors} colours`;
}

/** POSIX: the first of these that is set decides. Windows and macOS terminals are UTF-8 whatever they say. */
export function isUtf8({ env, platform }: Pick<Terminal, 'env' | 'platform'>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}
