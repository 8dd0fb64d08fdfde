import { parse, print } from 'graphql'
import { withStreamDirectives } from './stream-directives'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key"])'

describe('withStreamDirectives', () => {
  it('links, defines and composes the directives that a schema uses', () => {
    const sdl = print(withStreamDirectives(parse(`${link} type Query { unread: Int @perViewer }`)))
    expect(sdl).toContain('import: ["@composeDirective", "@key"]')
    expect(sdl).toContain('@link(url: "https://parley.chat/streams/v1.0", import: ["@perViewer"])')
    expect(sdl).toContain('@composeDirective(name: "@perViewer")')
    expect(sdl).toContain('directive @perViewer on')
    expect(sdl).not.toContain('@shared')
  })

  it('leaves a schema without them as it is', () => {
    const document = parse(`${link} type Query { unread: Int }`)
    expect(withStreamDirectives(document)).toBe(document)
  })
})
