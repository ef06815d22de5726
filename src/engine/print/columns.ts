/** A column: its heading, and whether its cells are numbers, which stand to the right. */
export type Column = { title: string; right?: boolean };

/** Rows as aligned lines under their headings, two spaces between columns, nothing after the last. */
export function columns(heads: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heads.map((head) => head.title), ...rows];
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines.map((line) =>
    heads
      .map((head, i) => pad(line[i] ?? '', widths[i] ?? 0, head))
      .join('  ')
      .trimEnd(),
  );
}

function pad(cell: string, width: number, { right }: Column): string {
  return right ? cell.padStart(width) : cell.padEnd(width);
}

/** Names and values as two columns without headings; values stand to the right. */
export function pairs(rows: readonly (readonly [string, string])[]): string[] {
  const [names, values] = [0, 1].map((i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map(([name, value]) => `${name.padEnd(names ?? 0)}  ${value.padStart(values ?? 0)}`);
}
