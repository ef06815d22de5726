import type { ConnectionToken } from '../api.ts';

/** An answer that waits for the others of its group. Answering twice, or after its connection went, does nothing. */
export type Parked<Response> = { answer(response: Response | undefined): void };

/** Parks an answer: the promise goes to the socket, the other end stays with the member. `onGone` is called if the connection goes first. */
export function park<Response>(
  connection: ConnectionToken,
  onGone: () => void,
): { parked: Parked<Response>; answered: Promise<Response | undefined> } {
  let settle: (response: Response | undefined) => void = () => {};
  const answered = new Promise<Response | undefined>((resolve) => {
    settle = resolve;
  });
  let open = true;
  const forget = connection.onClose(() => {
    if (!open) return;
    open = false;
    settle(undefined);
    onGone();
  });
  const answer = (response: Response | undefined) => {
    if (!open) return;
    open = false;
    forget();
    settle(response);
  };
  return { parked: { answer }, answered };
}
