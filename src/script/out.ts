/** Where text goes: stdout, stderr, or an array in a test. `isTTY`, `columns` and `on` as Node's streams have them. */
export type Out = {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
  on?(event: 'error', listener: (error: Error) => void): unknown;
};
