const test = '\\.(test|e2e)\\.tsx?$|/testing/'

/**
 * The allowed imports of docs/architecture.md. scripts/layers.test.ts plants a violation of each rule and checks that
 * it is found.
 */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-nothing-but-pure-libraries',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/src/domain/', pathNot: test },
      to: { pathNot: '^(subgraphs/$1/src/domain/|libs/(kernel|text)/)' },
    },
    {
      name: 'application-knows-no-adapter',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/application/', pathNot: test },
      to: { path: '^subgraphs/[^/]+/src/(infrastructure|presentation)/' },
    },
    {
      name: 'presentation-knows-no-adapter',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/presentation/', pathNot: test },
      to: { path: '^subgraphs/[^/]+/src/infrastructure/' },
    },
    {
      name: 'infrastructure-knows-no-presentation',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/infrastructure/', pathNot: test },
      to: { path: '^subgraphs/[^/]+/src/presentation/' },
    },
    {
      name: 'subgraphs-do-not-import-each-other',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'libraries-know-no-service',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(subgraphs|gateway|web)/' },
    },
    {
      name: 'what-runs-in-production-knows-no-tooling',
      severity: 'error',
      from: { path: '^(libs|subgraphs|gateway|web)/', pathNot: test },
      to: { path: '^(tooling|scripts|e2e|bench)/' },
    },
    {
      name: 'the-kernel-depends-on-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: test },
      to: { pathNot: '^libs/kernel/|^node:|^(assert|assert/strict)$' },
    },
    {
      // It runs in browsers as well.
      name: 'the-text-depends-on-nothing',
      severity: 'error',
      from: { path: '^libs/text/', pathNot: test },
      to: { pathNot: '^libs/text/' },
    },
    {
      name: 'federation-could-be-published',
      severity: 'error',
      from: { path: '^libs/federation/', pathNot: test },
      to: { path: '^(libs|subgraphs|gateway|web|schema|tooling)/', pathNot: '^libs/federation/' },
    },
    {
      name: 'the-gateway-knows-nothing-of-chat',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^(subgraphs|web|libs/(contracts|memberships))/' },
    },
    {
      name: 'the-web-client-knows-no-server-code',
      severity: 'error',
      from: { path: '^web/' },
      // The limits, the emoji and the formatting of texts are pure, and the same on both sides.
      to: { path: '^(subgraphs|gateway|libs)/', pathNot: '^libs/(kernel/(src|dist)/(limits|emoji)\\.|text/)' },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: '^web/features/([^/]+)/' },
      to: { path: '^web/features/', pathNot: '^web/features/$1/' },
    },
    {
      name: 'shared-web-code-knows-no-feature',
      severity: 'error',
      from: { path: '^web/(components|lib)/' },
      to: { path: '^web/(features|app)/' },
    },
    {
      name: 'features-know-no-route',
      severity: 'error',
      from: { path: '^web/features/' },
      to: { path: '^web/app/' },
    },
    {
      // lib/navigate.ts moves between places. Next would ask its server, and load the page when that does not answer.
      name: 'the-web-client-navigates-without-next',
      severity: 'error',
      from: { path: '^web/(components|features|lib)/' },
      to: { path: '(^|/)node_modules/next/(link|navigation|router)\\.' },
    },
    {
      name: 'the-engines-know-nothing-of-chat',
      severity: 'error',
      from: { path: '^tooling/engines/' },
      to: { path: '^(subgraphs|gateway|web|libs|schema|e2e|tooling/(launcher|testing))/' },
    },
    {
      // Other rules cannot check an import that does not resolve. The exempt package has types only, and what peers of
      // a bench import is installed beside them.
      name: 'every-import-leads-somewhere',
      severity: 'error',
      from: { pathNot: '^bench/peers/' },
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/|/\\.next/|/\\.parley/' },
    exclude: { path: '/dist/|/\\.next/|__generated__' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
    },
  },
}
