import type { Options, SettingReport } from '../options.ts';

/** Prints each setting, what holds and who said it; with --json as one object. */
export function printConfig({ json, rows }: Extract<Options, { mode: 'config' }>): number {
  const text = json ? JSON.stringify({ settings: rows }) : columns(rows.map(cells)).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
}

function cells({ name, value, source, from }: SettingReport): string[] {
  return [name, value ?? '-', from ?? source];
}

function columns(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
