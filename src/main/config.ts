import type { Options, SettingReport } from '../options.ts';

/** Prints each setting, what holds and who said it; with --json one object. */
export function printConfig({ json, rows }: Extract<Options, { mode: 'config' }>): number {
  const text = json ? JSON.stringify({ settings: rows }) : lines(rows).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
}

function lines(rows: readonly SettingReport[]): string[] {
  const cells = rows.map((row) => [row.name, row.value ?? '-', row.from ?? row.source]);
  const widths = [0, 1].map((i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
}
