import { getIntrospectionQuery, parse } from 'graphql'
import { limits } from '../limits'
import { assertMeasured } from './measure'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')
const nested = (levels: number) => `${'{ a '.repeat(levels - 1)} { b ${'}'.repeat(levels)}`
const faultOf = (text: string): string | null => {
  try {
    assertMeasured(parse(text))
    return null
  } catch (error) {
    return (error as Error).message
  }
}
const tooMany = (what: string) => `The operation has more than ${what}. Ask for less at a time.`

test('depth is counted through fragments', () => {
  expect(faultOf(nested(12))).toBeNull()
  expect(faultOf(nested(13))).toBe(tooMany('12 levels'))
  expect(faultOf(`{ a { ...F } } fragment F on Query ${nested(11)}`)).toBeNull()
  expect(faultOf(`{ a { ...F } } fragment F on Query ${nested(12)}`)).toBe(tooMany('12 levels'))
})

test('aliases count each time their fragment is spread', () => {
  const fragment = `fragment F on Query { ${times(10, (i) => `x${i}: b`)} }`
  expect(faultOf(`{ ...F a { ...F a { ...F } } } ${fragment}`)).toBeNull()
  expect(faultOf(`{ ...F a { ...F a { ...F a { ...F } } } } ${fragment}`)).toBe(tooMany('30 aliases'))
})

test.each([
  ['fields', `{ ${times(501, (i) => `f${i}`)} }`],
  ['spreads', `{ ${times(201, (i) => `... { a${i} }`)} }`],
  ['arguments', `{ ${times(51, (i) => `f${i}(${times(10, (n) => `x${n}: 1`)})`)} }`],
  ['directives', `{ a ${times(51, () => '@skip(if: true)')} }`],
  ['variables', `query (${times(101, (i) => `$v${i}: Int`)}) { a }`],
  ['operations', times(11, (i) => `query Q${i} { a }`)],
  ['fragments', `{ a } ${times(101, (i) => `fragment F${i} on Query { a }`)}`],
] as const)('%s are counted', (what, text) => {
  expect(faultOf(text)).toBe(tooMany(`${limits[what]} ${what}`))
})

test('every operation of a document is measured, and so are unused fragments', () => {
  expect(faultOf(`query One { b } query Two ${nested(13)}`)).toBe(tooMany('12 levels'))
  expect(faultOf(`{ b } fragment F on Query ${nested(13)}`)).toBe(tooMany('12 levels'))
})

test('a cycle of fragments does not loop', () => {
  expect(faultOf('{ ...A } fragment A on Query { a { ...B } } fragment B on Query { a { ...A } }')).toBeNull()
})

test('exponential fragments are refused as soon as a limit is reached', () => {
  const bomb = times(40, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)
  expect(faultOf(`{ ...F0 } ${bomb}`)).toBe(tooMany('200 spreads'))
})

describe('field pairs that validation would compare', () => {
  const refused = 'The operation has too many fields of the same name. Ask for less at a time.'

  test('equal fields at one level', () => {
    expect(faultOf(`{ ${times(63, () => 'b')} }`)).toBeNull()
    expect(faultOf(`{ ${times(64, () => 'b')} }`)).toBe(refused)
  })

  test('equal fields below equal fields, in fragments and beside them', () => {
    const inner = `a { ${times(8, () => 'b')} }`
    expect(faultOf(`{ ${times(7, () => inner)} }`)).toBeNull()
    expect(faultOf(`{ ${times(8, () => inner)} }`)).toBe(refused)
    expect(faultOf(`{ ${times(4, () => '...F')} ${times(4, () => inner)} } fragment F on Query { ${inner} }`)).toBe(
      refused,
    )
  })

  test('arguments count', () => {
    expect(faultOf(`{ ${times(40, () => 'b')} }`)).toBeNull()
    expect(faultOf(`{ ${times(40, () => 'b(x: 1, y: 2, z: 3)')} }`)).toBe(refused)
  })

  test('also inside introspection', () => {
    expect(faultOf(`{ __schema { ${times(64, () => 'types { name }')} } }`)).toBe(refused)
  })
})

test('introspection may nest as deeply as it needs', () => {
  expect(faultOf(getIntrospectionQuery())).toBeNull()
  expect(
    faultOf(`{ __type(name: "Query") { fields { type ${'{ ofType '.repeat(14)} { name } ${'}'.repeat(14)} } } }`),
  ).toBeNull()
})
