import { hostileTexts } from '@parley/text/testing/hostile-texts'
import { codeTokens, longestInColours } from './code-tokens'
import { highlight } from './highlighter'
import { languageOf, languages } from './languages'

/** A line of each language, and what of it has which colour. */
const samples: Readonly<Record<string, readonly [code: string, piece: string, look: string]>> = {
  bash: ['for f in *; do echo "$f"; done', 'for', 'keyword'],
  c: ['int main(void) { return 0; }', 'return', 'keyword'],
  cpp: ['std::string a = "b";', '"b"', 'string'],
  csharp: ['var a = await b; // c', '// c', 'comment'],
  css: ['.a { color: #fff }', 'color', 'name'],
  diff: ['+added\n-removed', '+added', 'added'],
  go: ['func main() {}', 'func', 'keyword'],
  graphql: ['query { viewer { id } }', 'query', 'keyword'],
  java: ['public class A {}', 'class', 'keyword'],
  javascript: ['const a = "b"', 'const', 'keyword'],
  json: ['{ "a": 1 }', '1', 'number'],
  kotlin: ['fun main() {}', 'fun', 'keyword'],
  php: ['<?php echo "a";', 'echo', 'keyword'],
  python: ['def f(): return None', 'def', 'keyword'],
  ruby: ['def a; nil; end', 'def', 'keyword'],
  rust: ['fn main() {}', 'fn', 'keyword'],
  sql: ['select 1 from a', 'select', 'keyword'],
  typescript: ['interface A { b: string }', 'interface', 'keyword'],
  xml: ['<p class="a">b</p>', '"a"', 'string'],
  yaml: ['a: true', 'true', 'keyword'],
}

describe('code in colours', () => {
  it('knows twenty languages', () => expect(Object.keys(languages)).toHaveLength(20))

  it.each(Object.entries(samples))('%s', async (name, [code, piece, look]) => {
    const tokens = await codeTokens(name, code)
    expect(tokens?.map(({ text }) => text).join('')).toBe(code)
    expect(tokens).toContainEqual({ text: piece, look })
  })

  it.each(Object.entries(languages))('loses nothing of hostile code: %s', async (name, { load }) => {
    const { default: grammar } = await load()
    for (const code of hostileTexts(200)) {
      const tokens = highlight(name, grammar, code)
      expect(tokens.map(({ text }) => text).join('')).toBe(code)
    }
  })

  it('is asked for by other names, of one language each', () => {
    expect(['ts', 'c++', 'c#', 'html', 'yml', 'sh', 'py'].map(languageOf)).toEqual([
      'typescript',
      'cpp',
      'csharp',
      'xml',
      'yaml',
      'bash',
      'python',
    ])
    const names = Object.entries(languages).flatMap(([name, { aliases }]) => [name, ...aliases])
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(['brainfuck', 'constructor', '__proto__', 'tostring'])('is none in an unknown language: %s', async (name) => {
    expect(await codeTokens(name, 'a')).toBeNull()
  })

  it('is none for code that is too long', async () => {
    expect(await codeTokens('json', '1'.repeat(longestInColours))).toHaveLength(1)
    expect(await codeTokens('json', '1'.repeat(longestInColours + 1))).toBeNull()
  })
})
