/** Tokens of JSON as RFC 8259 has them; what fits none of these is the fault. */
const TOKEN =
  /[ \t\n\r]*(?:([{}[\]:,])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

type Token = { at: number; text: string };

/**
 * The place where a text stops being JSON, as line and column from 1, or undefined where all of it is JSON. Messages of
 * JSON.parse have a place only sometimes, and quote the text, in which there may be something that nobody should see.
 */
export function jsonFault(text: string): { line: number; column: number } | undefined {
  const tokens = tokensOf(text);
  let next = 0;
  const fault = value() ?? (next < tokens.length ? here() : undefined);
  return fault === undefined ? undefined : placeAt(text, fault);

  function here(): number {
    return tokens[next]?.at ?? text.trimEnd().length;
  }

  function take(wanted: string): number | undefined {
    if (tokens[next]?.text !== wanted) return here();
    next++;
    return undefined;
  }

  function value(): number | undefined {
    const first = tokens[next]?.text;
    if (first === undefined || /^[}\]:,]/.test(first) || first === '') return here();
    next++;
    if (first === '{') return list('}', () => key() ?? take(':') ?? value());
    return first === '[' ? list(']', value) : undefined;
  }

  function key(): number | undefined {
    if (!tokens[next]?.text.startsWith('"')) return here();
    next++;
    return undefined;
  }

  function list(end: string, item: () => number | undefined): number | undefined {
    if (tokens[next]?.text === end) return take(end);
    for (;;) {
      const fault = item();
      if (fault !== undefined) return fault;
      if (tokens[next]?.text !== ',') return take(end);
      next++;
    }
  }
}

/** What is no token is one without text, and the last. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (;;) {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(text);
    if (!match) break;
    const token = match[1] ?? match[2] ?? match[3] ?? '';
    end = TOKEN.lastIndex;
    tokens.push({ at: end - token.length, text: token });
  }
  const rest = text.slice(end).search(/[^ \t\n\r]/);
  return rest < 0 ? tokens : [...tokens, { at: end + rest, text: '' }];
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
