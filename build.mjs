// Bundles each process and thread entry into dist/. kafkajs stays external: its fixes reach into its own modules.
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { inkOutputWithMemory } from './ink-output.mjs';
import { inkTableAsModule } from './ink-table.mjs';
import { licensesPage, packagesIn } from './licenses.mjs';

/** Entries of the shipped program: one per process or thread. Paths mirror src/, so URLs relative to main hold in both. */
const entries = [
  'src/main.ts',
  'src/broker/main.ts',
  'src/workers/inventory/thread.ts',
  'src/workers/analytics/thread.ts',
  'src/workers/load/thread.ts',
];

/** ink-table is CommonJS and asks for Ink by require, which Ink's top-level await forbids. */
const inkTable = {
  name: 'ink-table',
  setup({ onLoad }) {
    onLoad({ filter: /ink-table\/dist\/index\.js$/ }, ({ path }) => ({
      contents: inkTableAsModule(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** A frame costs half when Ink remembers the lines of the last ones. */
const inkOutput = {
  name: 'ink-output',
  setup({ onLoad }) {
    onLoad({ filter: /ink\/build\/output\.js$/ }, ({ path }) => ({
      contents: inkOutputWithMemory(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Ink's door for debuggers, which only opens with DEV=true: nothing stands behind it in what is shipped. */
const noDevtools = {
  name: 'no-devtools',
  setup({ onLoad }) {
    onLoad({ filter: /ink\/build\/devtools\.js$/ }, () => ({ contents: '' }));
  },
};

/** zod's sentences in all languages are half of zod, and nobody reads any: ours say what is wrong. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['kafkajs', 'kafkajs/*'],
  minifySyntax: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [inkTable, inkOutput, noDevtools, zodInEnglish],
  metafile: true,
  // Bundled CommonJS packages ask for Node's own modules through require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/**
 * Builds aside and then moves file by file, parts before who loads them: at every instant what stands there runs. Gives the
 * packages that are inside, and leaves a page of their licences.
 */
export async function bundle({ entryPoints = entries, outdir = 'dist', outbase = 'src' } = {}) {
  const aside = `${outdir}.${process.pid}`;
  // Only main has parts that are loaded when they are wanted: the console, with React and Ink.
  const isMain = (path) => relative(outbase, path) === 'main.ts';
  const where = { outdir: aside, outbase };
  const parts = { splitting: true, chunkNames: 'parts/[name]-[hash]' };
  try {
    const whole = await build({ ...common, ...where, ...parts, entryPoints: entryPoints.filter(isMain) });
    const others = await build({ ...common, ...where, entryPoints: entryPoints.filter((path) => !isMain(path)) });
    const packages = packagesIn([whole.metafile, others.metafile]);
    writeFileSync(join(aside, 'THIRD_PARTY_LICENSES'), licensesPage(packages));
    moveInto(aside, outdir);
    return packages;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function moveInto(from, to) {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => relative(from, join(file.parentPath, file.name)))
    .sort((a, b) => Number(b.startsWith('parts')) - Number(a.startsWith('parts')));
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    renameSync(join(from, file), join(to, file));
  }
  if (files.includes('main.js')) chmodSync(join(to, 'main.js'), 0o755);
  for (const part of files.includes('main.js') ? readdirSync(join(to, 'parts')) : []) {
    if (!files.includes(join('parts', part))) rmSync(join(to, 'parts', part));
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  await bundle();
}
