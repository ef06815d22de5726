/** What a YAML text can hold: every scalar is a text here, as nobody asks for its type. */
export type Yaml = string | Yaml[] | { [key: string]: Yaml };

type Line = { indent: number; text: string; number: number };

/**
 * Reads the YAML that our files are written in: block maps and lists, flow lists and maps of scalars, quotes, `|` blocks,
 * comments, anchors, aliases and merge keys. Throws, with the line, at whatever else it meets.
 */
export function parseYaml(source: string): Yaml {
  const lines = source.split('\n').map((text, i) => ({ indent: text.search(/\S/), text: text.trim(), number: i + 1 }));
  return new Reader(lines).document();
}

class Reader {
  readonly #lines: Line[];
  readonly #anchors = new Map<string, Yaml>();
  #at = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  document(): Yaml {
    const value = this.#block(0);
    const rest = this.#peek();
    if (rest) throw new Error(`line ${rest.number}: not expected here: ${rest.text}`);
    return value;
  }

  /** The next line that says something. */
  #peek(): Line | undefined {
    while (this.#at < this.#lines.length && /^(#|$)/.test((this.#lines[this.#at] as Line).text)) this.#at++;
    return this.#lines[this.#at];
  }

  #block(indent: number): Yaml {
    return /^- |^-$/.test(this.#peek()?.text ?? '') ? this.#list(indent) : this.#map(indent);
  }

  #list(indent: number): Yaml[] {
    const items: Yaml[] = [];
    for (let line = this.#peek(); line?.indent === indent && /^-( |$)/.test(line.text); line = this.#peek()) {
      const rest = line.text.slice(1).trimStart();
      const inner = line.indent + line.text.length - rest.length;
      if (/^(\w[\w.-]*|"[^"]*"):( |$)/.test(rest)) {
        // A map that begins behind the dash goes on below it.
        this.#lines[this.#at] = { ...line, indent: inner, text: rest };
        items.push(this.#map(inner));
      } else {
        this.#at++;
        items.push(this.#value(rest, line));
      }
    }
    return items;
  }

  #map(indent: number): Yaml {
    const map: { [key: string]: Yaml } = {};
    const merged: Yaml[] = [];
    for (let line = this.#peek(); line?.indent === indent; line = this.#peek()) {
      const [, quoted, plain, rest = ''] =
        /^(?:"([^"]*)"|([^\s"'[{&*!|>%@`-][^:]*|<<)):(?: +(.*))?$/.exec(line.text) ?? [];
      const key = quoted ?? plain;
      if (key === undefined) throw new Error(`line ${line.number}: not a key: ${line.text}`);
      if (key in map) throw new Error(`line ${line.number}: ${key} twice`);
      this.#at++;
      const value = this.#value(rest, line);
      if (key === '<<') merged.push(value);
      else map[key] = value;
    }
    return Object.assign({}, ...merged, map);
  }

  #value(written: string, line: Line): Yaml {
    const [, anchor, text = ''] = /^(?:&([\w-]+) *)?(.*)$/.exec(written) ?? [];
    const value = this.#unnamed(text, line);
    if (anchor) this.#anchors.set(anchor, value);
    return value;
  }

  #unnamed(text: string, line: Line): Yaml {
    if (text === '|') return this.#literal(line.indent);
    if (text.startsWith('*')) {
      const value = this.#anchors.get(text.slice(1));
      if (value === undefined) throw new Error(`line ${line.number}: nothing is named ${text}`);
      return value;
    }
    if (text !== '') return flow(text, line);
    const next = this.#peek();
    const isListBelow = next?.indent === line.indent && next.text.startsWith('- ') && !line.text.startsWith('-');
    return next && (next.indent > line.indent || isListBelow) ? this.#block(next.indent) : '';
  }

  #literal(indent: number): string {
    const taken: Line[] = [];
    for (
      let line = this.#lines[this.#at];
      line && (line.indent > indent || line.text === '');
      line = this.#lines[++this.#at]
    ) {
      taken.push(line);
    }
    const first = Math.min(...taken.filter(({ text }) => text !== '').map((each) => each.indent));
    return `${taken
      .map((each) => ' '.repeat(Math.max(0, each.indent - first)) + each.text)
      .join('\n')
      .trimEnd()}\n`;
  }
}

/** A value on one line. */
function flow(text: string, line: Line): Yaml {
  const [, list, map] = /^(?:\[(.*)\]|\{(.*)\})$/.exec(text) ?? [];
  if (list !== undefined) return parts(list).map((part) => flow(part, line));
  if (map !== undefined) {
    return Object.fromEntries(parts(map).map((part) => part.split(/: +/, 2) as [string, string]));
  }
  const [, double, single] = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)')$/.exec(text) ?? [];
  if (double !== undefined) return JSON.parse(`"${double}"`) as string;
  if (single !== undefined) return single;
  if (/^["'[{&*!|>%@`]/.test(text) || / #|: /.test(text))
    throw new Error(`line ${line.number}: put in quotes: ${text}`);
  return text;
}

function parts(inside: string): string[] {
  return (inside.match(/"(?:[^"\\]|\\.)*"|[^",\s][^,]*/g) ?? []).map((part) => part.trim());
}
