/** Units of the drawing to a cell: whole numbers keep the file small. */
export const CELL = { width: 10, height: 20 };

const { width: W, height: H } = CELL;
const [MIDX, MIDY] = [W / 2, H / 2];
const THIN = 1.5;
const HEAVY = 3.5;

function bar(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

/** Lines from the middle of the cell to its edges. */
function lines(edges: string, thick: number): string {
  const half = thick / 2;
  const each: Record<string, string> = {
    l: bar(0, MIDY - half, MIDX + half, thick),
    r: bar(MIDX - half, MIDY - half, W - MIDX + half, thick),
    u: bar(MIDX - half, 0, thick, MIDY + half),
    d: bar(MIDX - half, MIDY - half, thick, H - MIDY + half),
  };
  return [...edges].map((edge) => each[edge]).join('');
}

/** A round corner: from the middle of a side edge to the middle of the upper or lower one. */
function corner(side: 'l' | 'r', end: 'u' | 'd'): string {
  const half = THIN / 2;
  const out = side === 'r' ? 1 : -1;
  const down = end === 'd' ? 1 : -1;
  const rest = down * (MIDY - MIDX);
  const [outerX, outerY] = [-out * (MIDX + half), down * (MIDX + half)];
  const [innerX, innerY] = [out * (MIDX - half), -down * (MIDX - half)];
  return [
    `M${MIDX + out * MIDX} ${MIDY - down * half}q${outerX} 0 ${outerX} ${outerY}`,
    `v${rest}h${out * THIN}v${-rest}q0 ${innerY} ${innerX} ${innerY}z`,
  ].join('');
}

/** A disc; `turn` 1 winds the other way round, which cuts a hole. */
function disc(radius: number, turn: 0 | 1 = 0): string {
  const round = `a${radius} ${radius} 0 1 ${turn}`;
  return `M${MIDX - radius} ${MIDY}${round}${2 * radius} 0${round}${-2 * radius} 0z`;
}

const RING = disc(4) + disc(2.7, 1);

const EIGHTHS = '▁▂▃▄▅▆▇█';

/** Shapes that fonts draw each in its own way, and that have to touch from cell to cell: drawn alike everywhere. */
const SHAPES: Readonly<Record<string, string>> = {
  '─': lines('lr', THIN),
  '│': lines('ud', THIN),
  '┤': lines('lud', THIN),
  '├': lines('rud', THIN),
  '┼': lines('lrud', THIN),
  '┴': lines('lru', THIN),
  '┬': lines('lrd', THIN),
  '╭': corner('r', 'd'),
  '╮': corner('l', 'd'),
  '╰': corner('r', 'u'),
  '╯': corner('l', 'u'),
  '━': lines('lr', HEAVY),
  '┃': lines('ud', HEAVY),
  '┏': lines('rd', HEAVY),
  '┓': lines('ld', HEAVY),
  '┗': lines('ru', HEAVY),
  '┛': lines('lu', HEAVY),
  '▐': bar(MIDX, 0, MIDX, H),
  '▌': bar(0, 0, MIDX, H),
  '▏': bar(0, 0, 1, H),
  '·': disc(1.2),
  '●': disc(4),
  '○': RING,
  '▸': `M2 ${MIDY - 5}l6 5l-6 5z`,
  ...Object.fromEntries([...EIGHTHS].map((block, i) => [block, bar(0, H - ((i + 1) * H) / 8, W, ((i + 1) * H) / 8)])),
};

/** Shapes that run on over many cells as one stroke. */
const RAILS: Readonly<Record<string, (width: number) => string>> = {
  '─': (width) => bar(0, MIDY - THIN / 2, width, THIN),
  '━': (width) => bar(0, MIDY - HEAVY / 2, width, HEAVY),
  '█': (width) => bar(0, 0, width, H),
  '░': (width) => bar(0, 0, width, H),
};

/** Whether this character is drawn as a shape. */
export function isShape(text: string): boolean {
  return text in SHAPES || text in RAILS;
}

/** Whether it runs on from cell to cell as one stroke. */
export function isRail(text: string): boolean {
  return text in RAILS;
}

/** The path of a character over so many cells, its corner at x,y. Of relative commands but for where each part begins. */
export function pathAt(shape: string, cells: number, x: number, y: number): string {
  const path = RAILS[shape]?.(W * cells) ?? SHAPES[shape] ?? '';
  return path.replace(/M(\S+) ([\d.]+)/g, (_, dx: string, dy: string) => `M${x + Number(dx)} ${y + Number(dy)}`);
}
