import { readFileSync, writeFileSync } from 'node:fs';
import { docs, withTables } from './src/main/docs.ts';

// Writes the pages and tables that come out of the command table and the key table: npm run docs.
for (const [path, text] of Object.entries(docs())) writeFileSync(path, text);
writeFileSync('README.md', withTables(readFileSync('README.md', 'utf8')));
