/** How much a client wants a type, 0 to 1; what it does not name by itself it may want as `text/*` or as anything. */
function quality(ranges: ReadonlyMap<string, number>, type: string): number {
  const family = `${type.split('/', 1)[0]}/*`;
  return ranges.get(type) ?? ranges.get(family) ?? ranges.get('*/*') ?? 0;
}

/** Whether an Accept header wants the one type more than the other. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 */
export function prefers(accept: string | undefined, one: string, other: string): boolean {
  if (accept === undefined) return false;
  const ranges = new Map(
    accept.split(',').map((part) => {
      const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1);
      return [type, Number.isNaN(weight) ? 0 : weight] as const;
    }),
  );
  return quality(ranges, one) > quality(ranges, other);
}
