/** ink-table's own types assume that it is an ES module, which it only becomes when it is bundled (ink-table.mjs). */
declare module 'ink-table' {
  import type { ComponentType, PropsWithChildren, ReactNode } from 'react';

  type Row = Readonly<Record<string, string>>;
  type Part = ComponentType<PropsWithChildren>;

  export default function Table(props: {
    data: readonly Row[];
    columns: readonly string[];
    header: Part;
    cell: ComponentType<PropsWithChildren<{ column: number }>>;
    skeleton: Part;
  }): ReactNode;
}
