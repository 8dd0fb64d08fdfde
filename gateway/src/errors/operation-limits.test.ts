import { buildSchema, parse, validate } from 'graphql'
import { operationLimits } from './operation-limits'

const schema = buildSchema('type Query { a: Query b: String }')
const faultsOf = (text: string) => validate(schema, parse(text), [operationLimits]).map(({ message }) => message)
const nested = (levels: number) => `${'{ a '.repeat(levels - 1)} { b ${'}'.repeat(levels)}`

test('depth is counted through fragments', () => {
  expect(faultsOf(nested(12))).toEqual([])
  expect(faultsOf(nested(13))).toEqual(['The operation has more than 12 levels. Ask for less at a time.'])
  expect(faultsOf(`{ a { ...F } } fragment F on Query ${nested(11)}`)).toEqual([])
  expect(faultsOf(`{ a { ...F } } fragment F on Query ${nested(12)}`)).toHaveLength(1)
})

test('aliases count each time their fragment is spread', () => {
  const fragment = `fragment F on Query { ${Array.from({ length: 10 }, (_, index) => `x${index}: b`).join(' ')} }`
  expect(faultsOf(`{ ...F a { ...F a { ...F } } } ${fragment}`)).toEqual([])
  expect(faultsOf(`{ ...F a { ...F a { ...F a { ...F } } } } ${fragment}`)).toEqual([
    'The operation has more than 30 aliases. Ask for less at a time.',
  ])
})

test('every operation of a document is measured', () => {
  expect(faultsOf(`query One { b } query Two ${nested(13)}`)).toHaveLength(1)
})

test('fragments that contain each other end', () => {
  expect(faultsOf('{ ...A } fragment A on Query { a { ...B } } fragment B on Query { a { ...A } }')).toEqual([])
})

test('introspection nests as deeply as it must', () => {
  expect(
    faultsOf(`{ __type(name: "Query") { fields { type ${'{ ofType '.repeat(14)} { name } ${'}'.repeat(14)} } } }`),
  ).toEqual([])
})
