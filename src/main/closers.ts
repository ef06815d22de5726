/** What was opened, to be closed in reverse order. */
export type Closers = {
  add(close: () => Promise<unknown>): void;
  /** Closes all; the first error comes out after the last was tried. */
  close(): Promise<void>;
};

export function createClosers(): Closers {
  const opened: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void opened.push(close),
    async close() {
      const errors: unknown[] = [];
      for (const close of opened.splice(0).reverse()) {
        await close().catch((error: unknown) => errors.push(error));
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
