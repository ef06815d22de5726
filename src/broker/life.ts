/** What has been opened, and is closed in reverse order, once, whoever asks and however often. */
export type Life = {
  onEnd(close: () => void | Promise<void>): void;
  /** Ends it. Rejects with the first error, after everything else was closed all the same. */
  end(): Promise<void>;
  /** Settles as `end` does. */
  readonly ended: Promise<void>;
};

export function createLife(): Life {
  const closings: (() => void | Promise<void>)[] = [];
  let ending = false;
  let settle: (outcome: Promise<void>) => void = () => {};
  const ended = new Promise<void>((resolve) => {
    settle = resolve;
  });
  // Who asks for the end hears of a failure; `ended` alone must not bring the process down.
  ended.catch(() => {});
  return {
    ended,
    onEnd: (close) => void closings.push(close),
    end() {
      if (!ending) settle(closeAll(closings));
      ending = true;
      return ended;
    },
  };
}

async function closeAll(closings: (() => void | Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closings.toReversed()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
