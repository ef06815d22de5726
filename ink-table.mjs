/** ink-table's CommonJS as an ES module, for bundler and tests alike: same code, its three requires as imports. */
export function inkTableAsModule(code) {
  const body = code.replace(/require\("(react|ink|object-hash)"\)/g, (_, name) => `__${name.replace('-', '_')}`);
  return `import * as __ink from 'ink';
import __React, * as __react_all from 'react';
import __object_hash from 'object-hash';
const __react = { ...__react_all, default: __React, __esModule: true };
const exports = {};
${body}
export default exports.default;
`;
}
