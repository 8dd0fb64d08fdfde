const swc = JSON.parse(require('node:fs').readFileSync(`${__dirname}/.swcrc`, 'utf8'))

/**
 * Everything runs as CommonJS, also ESM packages in node_modules: native ESM in Jest's vm needs flags and loses mocked
 * time.
 */
const transform = {
  '^.+\\.(ts|tsx|mts|js|mjs)$': [
    '@swc/jest',
    {
      ...swc,
      jsc: { ...swc.jsc, transform: { ...swc.jsc.transform, react: { runtime: 'automatic' } } },
      $schema: undefined,
      minify: undefined,
      swcrc: false,
      sourceMaps: 'inline',
      module: { type: 'commonjs' },
    },
  ],
}

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform,
  // axe-core reads `this` as the global object, as scripts do.
  transformIgnorePatterns: ['/node_modules/axe-core/'],
  moduleNameMapper: {
    '^@parley/(kernel|text|contracts|platform|memberships|federation)/(.*)$': '<rootDir>/libs/$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/', '/\\.next/', '/\\.parley/'],
  setupFiles: ['reflect-metadata'],
}

const places = ['libs', 'subgraphs', 'gateway', 'web', 'tooling', 'schema', 'docker', 'scripts', 'e2e', 'bench'].map(
  (place) => `<rootDir>/${place}`,
)

/** The suffix says what a test needs: `.test` nothing, `.int.test` engines, `.e2e` the whole stack. */
module.exports = {
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: places,
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      testPathIgnorePatterns: ['\\.int\\.test\\.ts$', '/node_modules/'],
    },
    { ...base, displayName: 'int', roots: places, testMatch: ['**/*.int.test.ts'] },
    { ...base, displayName: 'e2e', roots: ['<rootDir>/e2e'], testMatch: ['**/*.e2e.ts'] },
  ],
}
