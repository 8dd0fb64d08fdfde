import type { LanguageFn } from 'lowlight'

interface Language {
  /** How people call it besides its own name. */
  readonly aliases: readonly string[]
  /** Each is a file of its own, so that a browser loads those that it shows. */
  readonly load: () => Promise<{ readonly default: LanguageFn }>
}

/** The languages that are shown in colours. */
export const languages: Readonly<Record<string, Language>> = {
  bash: { aliases: ['sh', 'shell', 'zsh', 'console'], load: () => import('highlight.js/lib/languages/bash') },
  c: { aliases: ['h'], load: () => import('highlight.js/lib/languages/c') },
  cpp: { aliases: ['c++', 'cc', 'hpp'], load: () => import('highlight.js/lib/languages/cpp') },
  csharp: { aliases: ['c#', 'cs'], load: () => import('highlight.js/lib/languages/csharp') },
  css: { aliases: [], load: () => import('highlight.js/lib/languages/css') },
  diff: { aliases: ['patch'], load: () => import('highlight.js/lib/languages/diff') },
  go: { aliases: ['golang'], load: () => import('highlight.js/lib/languages/go') },
  graphql: { aliases: ['gql'], load: () => import('highlight.js/lib/languages/graphql') },
  java: { aliases: [], load: () => import('highlight.js/lib/languages/java') },
  javascript: { aliases: ['js', 'jsx', 'mjs', 'cjs'], load: () => import('highlight.js/lib/languages/javascript') },
  json: { aliases: ['json5', 'jsonc'], load: () => import('highlight.js/lib/languages/json') },
  kotlin: { aliases: ['kt'], load: () => import('highlight.js/lib/languages/kotlin') },
  php: { aliases: [], load: () => import('highlight.js/lib/languages/php') },
  python: { aliases: ['py'], load: () => import('highlight.js/lib/languages/python') },
  ruby: { aliases: ['rb'], load: () => import('highlight.js/lib/languages/ruby') },
  rust: { aliases: ['rs'], load: () => import('highlight.js/lib/languages/rust') },
  sql: { aliases: [], load: () => import('highlight.js/lib/languages/sql') },
  typescript: { aliases: ['ts', 'tsx', 'mts', 'cts'], load: () => import('highlight.js/lib/languages/typescript') },
  xml: { aliases: ['html', 'svg', 'xhtml'], load: () => import('highlight.js/lib/languages/xml') },
  yaml: { aliases: ['yml'], load: () => import('highlight.js/lib/languages/yaml') },
}

const names: ReadonlyMap<string, string> = new Map(
  Object.entries(languages).flatMap(([name, { aliases }]) => [name, ...aliases].map((alias) => [alias, name] as const)),
)

/** The key in `languages` of what somebody wrote in lower case; undefined for a language that has no colours. */
export const languageOf = (written: string): string | undefined => names.get(written)
