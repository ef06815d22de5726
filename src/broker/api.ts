/**
 * The seam between the sockets and whatever answers a request: decoded plain objects go in, plain objects come out.
 * Field names are those of Kafka's message schemas in camelCase; bytes are Buffers, 64-bit integers are numbers.
 */

/** Life of the connection that asked, for whoever parks an answer. */
export type ConnectionToken = {
  /** True once the socket is gone; an answer given afterwards is dropped. */
  readonly closed: boolean;
  /** Calls `listener` once when the socket goes (at once if it is gone); returns the way to take it off again. */
  onClose(listener: () => void): () => void;
};

/** What a request brings besides its fields. */
export type RequestContext = {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly clientId: string | null;
  /** Address of the peer, in Kafka's form `/127.0.0.1`. */
  readonly host: string;
  readonly connection: ConnectionToken;
};

/**
 * Answers one request, now or later. Requests of one connection are answered in order, so a promise that waits holds the
 * later answers of its connection back. `undefined` means that nothing is sent.
 */
export type Respond<Request, Response> = (
  request: Request,
  context: RequestContext,
) => Response | undefined | Promise<Response | undefined>;

/** Who answers what, by API key. Each row takes the decoded request of its own API. */
export type ApiTable = Partial<Record<number, Respond<never, unknown>>>;

/** Time as it is handed in: nothing in the room asks the machine for it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fire` once after `ms`; returns the way to cancel. */
  setTimer(ms: number, fire: () => void): () => void;
};

/** Where the broker says what it does. */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** A named point that a crash test may die at; does nothing in production. */
export type Reached = (point: string) => void;

/** What the group coordinator needs of the rest of the broker. */
export type GroupsOptions = {
  dataDir: string;
  clock: Clock;
  log: Log;
  reached: Reached;
  topicExists(topic: string): boolean;
  partitionsOf(topic: string): number | undefined;
  /** Where clients find the coordinator; asked for when a request comes, because the port is known late. */
  address?(): { nodeId: number; host: string; port: number };
};

/** The group coordinator as the broker wires it. */
export type Groups = {
  /** FindCoordinator and the group APIs. */
  apis: ApiTable;
  /** Reads the group state back; requests come only after it settled. */
  start(): void | Promise<void>;
  /** Flushes and cancels every timer. */
  close(): void | Promise<void>;
  /** Drops the committed offsets of a deleted topic. */
  topicDeleted(topic: string): void;
};
