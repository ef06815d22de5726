/** Where text goes: stdout, stderr, or an array in a test. `isTTY` and `columns` as Node's streams have them. */
export type Out = { write(text: string): unknown; isTTY?: boolean; columns?: number };
