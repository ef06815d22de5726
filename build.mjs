// Bundles each process and thread entry into dist/. kafkajs stays external: its fixes reach into its own modules.
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

/** Entries of the shipped program: one per process or thread. Paths mirror src/, so URLs relative to main hold in both. */
const entries = [
  'src/main.ts',
  'src/broker/main.ts',
  'src/workers/inventory/thread.ts',
  'src/workers/analytics/thread.ts',
  'src/workers/load/thread.ts',
];

export async function bundle({ entryPoints = entries, outdir = 'dist', outbase = 'src' } = {}) {
  await build({
    entryPoints,
    outdir,
    outbase,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['kafkajs', 'kafkajs/*'],
    minifySyntax: true,
    legalComments: 'none',
    // Bundled CommonJS packages ask for Node's own modules through require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}

if (import.meta.url === `file://${process.argv[1]}`) {
  await bundle();
  chmodSync('dist/main.js', 0o755);
}
