import { connect, createServer } from 'node:net';
import { type Finding, fail, ok, warn } from '../check.ts';
import { type Answerer, whoAnswers } from './who-answers.ts';

/** A port that the program would listen on. */
export type WantedPort = {
  host: string;
  port: number;
  /** What would listen, as the subject of a sentence. */
  what: string;
  /** Who may have it, so that all is well: our own embedded broker. */
  ours?: number;
  /** What to do when something else has it. */
  fix: string;
  /** Whether the program cannot start then. */
  isMust: boolean;
};

/** Whether a port is free, and if not, who answers there. It listens for a moment to find out. */
export async function checkPort(wanted: WantedPort, signal: AbortSignal): Promise<Finding> {
  const { host, port, what, fix, isMust, ours } = wanted;
  const where = `${host}:${port}`;
  const data = { host, port };
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  if (await isAnswered(reachable, port)) {
    const who = await whoAnswers(reachable, port, signal);
    const taken = { ...data, answers: who.kind };
    if (ours === port) return ok(`${where} is our own embedded broker's`, taken);
    const sentence = `${where} is taken: ${WHO[who.kind](who)}`;
    return isMust ? fail(sentence, fix, taken) : warn(sentence, fix, taken);
  }
  const refusal = await whyNotListen(host, port);
  if (!refusal) return ok(`${where} is free for ${what}`, data);
  const sentence = `${where} cannot be listened on: ${LISTEN[refusal] ?? refusal}`;
  return isMust ? fail(sentence, fix, data) : warn(sentence, fix, data);
}

const WHO: Record<Answerer['kind'], (who: Answerer) => string> = {
  embedded: () => 'an embedded broker of lunchrush answers, of another data folder',
  kafka: () => 'a Kafka answers',
  doors: () => 'another lunchrush answers over HTTP',
  http: ({ server }) => `a web server${server ? ` (${server})` : ''} answers`,
  other: () => 'something answers that speaks neither Kafka in plain text nor HTTP',
};

/** What people call a refusal to listen, by Node's code. */
const LISTEN: Record<string, string> = {
  EACCES: 'ports so low are not for everybody',
  EADDRINUSE: 'it is taken by something that does not answer',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the name is not known',
};

/** Some systems let two programs listen on one port, so that nobody may answer either. */
function isAnswered(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const say = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => say(true));
    socket.once('timeout', () => say(false));
    socket.once('error', () => say(false));
  });
}

function whyNotListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
