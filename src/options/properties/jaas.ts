/** One login module as sasl.jaas.config names it, with its options. Passwords are in it. */
export type LoginModule = { className: string; options: Record<string, string> };

/** What is wrong with a text, without anything of the text: there are passwords in it. */
export class JaasFault extends Error {}

type Token = { kind: 'word' | 'quoted' | 'sign'; text: string };

/**
 * Reads `MODULE required name="value" …;` as Kafka's JaasConfig does with Java's StreamTokenizer. Values are words of
 * letters, or stand in quotes of either kind with C's escapes. Throws JaasFault.
 */
export function readJaas(text: string): LoginModule {
  const tokens = tokensOf(text);
  const [name, flag, ...rest] = tokens;
  if (!name || name.kind === 'sign') throw new JaasFault('it does not begin with the class of a login module');
  if (!flag || !FLAG.test(flag.text)) throw new JaasFault('behind the class of the login module "required" is missing');
  const end = rest.findIndex(isEnd);
  if (end < 0) throw new JaasFault('it has to end with a semicolon');
  if (end !== rest.length - 1) throw new JaasFault('something follows the semicolon: one login module has to be there');
  return { className: name.text, options: Object.fromEntries(optionsOf(rest.slice(0, end))) };
}

function optionsOf(tokens: readonly Token[]): [string, string][] {
  const options: [string, string][] = [];
  for (let i = 0; i < tokens.length; i += 3) {
    const [key, sign, value] = tokens.slice(i, i + 3);
    const whole = key && key.kind !== 'sign' && sign?.kind === 'sign' && sign.text === '=' && value?.kind !== 'sign';
    if (!whole || !value) throw new JaasFault(`option ${i / 3 + 1} is not of the form name="value"`);
    options.push([key.text, value.text]);
  }
  return options;
}

const FLAG = /^(?:required|requisite|sufficient|optional)$/i;

function isEnd({ kind, text }: Token): boolean {
  return kind === 'sign' && text === ';';
}

const SKIPPED = /(?:[\0- ]+|\/\*[\s\S]*?\*\/|\/[^\r\n]*)*/y;
/** A bare number is none of these: Kafka does not take it for a value either. */
const WORD = /[A-Za-z_$\u00a0-\uffff][\w$.\u00a0-\uffff-]*/y;
const QUOTED = /(["'])((?:\\[\s\S]|(?!\1)[^\\\r\n])*)\1/y;
const ESCAPE = /\\([0-3][0-7]{0,2}|[4-7][0-7]?|[\s\S])/g;
const LETTERS: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (match(SKIPPED); at < text.length; match(SKIPPED)) {
    const quoted = match(QUOTED);
    const word = quoted ? undefined : match(WORD);
    if (quoted) tokens.push({ kind: 'quoted', text: unescaped(quoted[2] ?? '') });
    else if (word) tokens.push({ kind: 'word', text: word[0] });
    else tokens.push({ kind: 'sign', text: text.charAt(at++) });
  }
  return tokens;
}

function unescaped(text: string): string {
  return text.replaceAll(ESCAPE, (_, what: string) =>
    /^[0-7]/.test(what) ? String.fromCharCode(Number.parseInt(what, 8)) : (LETTERS[what] ?? what),
  );
}
