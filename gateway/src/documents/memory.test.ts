import { parse } from 'graphql'
import { Epoch } from '../supergraph/epoch'
import { testSupergraph } from '../testing/supergraph'
import { limits } from '../limits'
import { knownDocument } from './known-document'
import { DocumentMemory, hashOf } from './memory'

const epoch = new Epoch(testSupergraph())
const known = (text: string) => knownDocument(epoch, text, parse(text), [{ name: '', plan: { kind: 'QueryPlan' } }])

function remember(memory: DocumentMemory, text: string, isTrusted: boolean) {
  const document = known(text)
  memory.remember(hashOf(text), document, isTrusted)
  return document
}

function fill(memory: DocumentMemory): void {
  for (let index = 0; index <= limits.remembered.documents; index++) remember(memory, `{ a${index}: extra }`, false)
}

test('a document that is known before it is trusted is never evicted', () => {
  const memory = new DocumentMemory()
  remember(memory, '{ extra }', false)
  const trusted = remember(memory, '{ extra }', true)
  fill(memory)
  expect(memory.get(hashOf('{ extra }'))).toBe(trusted)
  expect(memory.ofText('{ extra }')).toBe(trusted)
})

test('a document that is trusted no more, and known again, is evicted with all that belongs to it', () => {
  const memory = new DocumentMemory()
  remember(memory, '{ extra }', true)
  const again = remember(memory, '{ extra }', false)
  memory.forget(hashOf('{ extra }'))
  expect(memory.ofText('{ extra }')).toBe(again)
  fill(memory)
  expect(memory.get(hashOf('{ extra }'))).toBeUndefined()
  expect(memory.ofText('{ extra }')).toBeUndefined()
})
