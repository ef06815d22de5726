/** Why a run was broken off. */
export type Interruption = { name: 'SIGINT' | 'SIGHUP' | 'SIGTERM' | 'EPIPE'; exit: number };

/** Exit codes after a clean close: 128 and the number of the signal, as shells have it. */
const EXITS = { SIGINT: 130, SIGHUP: 129, SIGTERM: 143 } as const;

/** What is needed of `process`. */
export type SignalSource = {
  on(signal: keyof typeof EXITS, listener: () => void): unknown;
  off(signal: keyof typeof EXITS, listener: () => void): unknown;
  exit(code: number): unknown;
};

/** Turns the first signal into an abort whose reason is an Interruption; a second one ends the process at once. */
export function catchSignals(source: SignalSource): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const listeners = (Object.keys(EXITS) as (keyof typeof EXITS)[]).map((name) => {
    const exit = EXITS[name];
    const listener = () => {
      if (controller.signal.aborted) source.exit(exit);
      else controller.abort({ name, exit } satisfies Interruption);
    };
    source.on(name, listener);
    return () => source.off(name, listener);
  });
  const release = () => {
    for (const off of listeners) off();
  };
  return { signal: controller.signal, release };
}

/** The exit code of a signal that has fired with an Interruption, or undefined. */
export function interruptionOf(signal: AbortSignal): Interruption | undefined {
  return signal.aborted ? (signal.reason as Interruption) : undefined;
}
