import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { integrationEvents } from '@parley/contracts/integration-events'
import { parse } from 'yaml'

interface Document {
  readonly channels: Record<string, { readonly messages: Record<string, unknown> }>
  readonly components: {
    readonly messages: Record<
      string,
      { readonly payload: { readonly allOf: readonly [unknown, { readonly properties: Record<string, unknown> }] } }
    >
  }
}

/** The checked-in file; another check compares it with the code. */
const document = parse(readFileSync(join(__dirname, '../asyncapi.yaml'), 'utf8')) as Document

describe('the AsyncAPI document', () => {
  it.each(Object.entries(integrationEvents))(
    'has %s on its topic, with its version and data',
    (type, { topic, version }) => {
      expect(document.channels[topic]?.messages).toHaveProperty([type])
      expect(document.components.messages[type]?.payload.allOf[1].properties).toMatchObject({
        type: { const: type },
        dataversion: { const: version },
        data: { type: 'object', additionalProperties: false },
      })
    },
  )

  it('contains nothing else', () => {
    const listed = Object.values(document.channels).flatMap(({ messages }) => Object.keys(messages))
    expect(listed.toSorted()).toEqual(Object.keys(integrationEvents).toSorted())
  })
})
