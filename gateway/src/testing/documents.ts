import { Random } from '@parley/testing/random'

/** A request as any client may send it. */
export interface Sent {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
}

/** The fields of each type in the test graph and the type of each; arguments are generated freely. */
const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Query: {
    me: 'Person',
    person: 'Person',
    latest: 'Frame',
    nested: 'Nested',
    extra: '',
    __schema: '__Schema',
    __type: '__Type',
  },
  Mutation: { signIn: '', say: '' },
  Subscription: { timeline: 'Frame', whoAmI: '', extraTicks: '' },
  Person: { id: '', displayName: '' },
  Frame: { events: 'TimelineEvent', headSeq: '' },
  TimelineEvent: { seq: '', actor: 'Person' },
  MessageSent: { seq: '', actor: 'Person', text: '' },
  Nested: { nested: 'Nested', name: '' },
  __Schema: { types: '__Type', queryType: '__Type' },
  __Type: { name: '', kind: '', ofType: '__Type', possibleTypes: '__Type' },
}
const argumentsOf: Readonly<Record<string, string>> = { person: 'id', say: 'text', timeline: 'after', __type: 'name' }
const names = [
  'a',
  'F',
  'G',
  'id',
  'Query',
  'toString',
  '__proto__',
  'constructor',
  'on',
  'null',
  'true',
  'nothing',
  '_'.repeat(300),
]
const values = [
  '1',
  '-0',
  '99999999999999999999',
  '1e400',
  '-2147483649',
  '0.1',
  '"x"',
  '"p-1"',
  '"p2"',
  '""',
  '"\\u{1F600}"',
  '"\\uD800"',
  '"""block "quoted" \\""" """',
  'null',
  'true',
  'ENUM',
  '[]',
  '[[["x"]]]',
  '{}',
  '{a: {a: 1}}',
  '{a: 1, a: 2}',
  '$a',
  '$b',
  '$nothing',
]
/** Of one argument or another. */
const fittingValues = ['1', '"p-1"', '"p2"', '$a']
const noise = [
  '\0',
  '\u{FEFF}',
  '\u2028',
  '😀',
  '"',
  '"""',
  '{',
  '}',
  '(',
  ')',
  '...',
  '@',
  '$',
  '!',
  ':',
  '#',
  '\\',
  'query',
  'fragment F',
  '\ud800',
]
const sentValues: readonly unknown[] = [
  1,
  -1,
  1e308,
  2 ** 53,
  'x',
  '',
  'p-1',
  null,
  true,
  [],
  [['x']],
  {},
  { a: { toString: 1 } },
  '\0',
  '\ud800',
]

class Grammar {
  constructor(private readonly random: Random) {}

  request(): Sent {
    const { random } = this
    const query = this.#spoiled(this.#document())
    return {
      query,
      ...(random.next() < 0.5 ? {} : { variables: { a: this.#of(sentValues), b: this.#of(sentValues), __proto__: 1 } }),
      ...(random.next() < 0.8 ? {} : { operationName: this.#of(['A', 'B', 'F', '', 'toString']) }),
    }
  }

  #document(): string {
    const operations =
      this.random.next() < 0.85 ? [this.#operation('')] : [this.#operation('A'), this.#operation(this.#of(['A', 'B']))]
    const spread = ['F', 'G'].filter((name) => operations.some((text) => text.includes(`...${name}`)))
    const fragments = (this.random.next() < 0.8 ? spread : ['F', 'F', 'G']).map((name) => {
      const type = this.#of(Object.keys(fields))
      return `fragment ${name} on ${this.#maybe(type)} ${this.#directives()} ${this.#selections(type, 3)}`
    })
    return [...operations, ...fragments]
      .sort(() => this.random.next() - 0.5)
      .join(this.#of([' ', '\n', '\r\n', ',', ' # note\n']))
  }

  /** Well-formed, but too large. */
  #heavy(): string {
    const times = 20 + Math.floor(this.random.next() * 300)
    return this.#of([
      `{ ${'nested { '.repeat(times)} name ${'}'.repeat(times)} }`,
      `{ ${'extra '.repeat(times)} ${'latest { headSeq } '.repeat(times)} }`,
      `{ ${Array.from({ length: times }, (_, index) => `x${index}: extra`).join(' ')} }`,
      `subscription { ${'...F '.repeat(times)} } fragment F on Subscription { ...G } fragment G on Subscription { ...F }`,
    ])
  }

  #operation(name: string): string {
    if (name === '' && this.random.next() < 0.03) return this.#heavy()

    const [kind, type] = this.#of([
      ['query', 'Query'],
      ['query', 'Query'],
      ['mutation', 'Mutation'],
      ['subscription', 'Subscription'],
    ] as const)
    const body = `${this.#directives()} ${this.#selections(type, 1 + Math.floor(this.random.next() * 5))}`
    const used = body.includes('$a') || this.random.next() < 0.05
    const typeOfA = this.#of([
      'ID!',
      'ID',
      'Int!',
      'Int = 1',
      'String',
      'Boolean! = true',
      '[ID]',
      'Nothing',
      'Int = "x"',
    ])
    const variables = used ? `($a: ${typeOfA}${body.includes('$b') ? ' $b: Int' : ''})` : ''
    return kind === 'query' && variables === '' && name === '' ? body : `${kind} ${name}${variables} ${body}`
  }

  #selections(type: string, depth: number): string {
    const count = 1 + Math.floor(this.random.next() ** 3 * 5)
    return `{ ${Array.from({ length: count }, () => this.#selection(type, depth)).join(' ')} }`
  }

  #selection(type: string, depth: number): string {
    const chance = this.random.next()
    if (chance < 0.06) return `...${this.#of(['F', 'G', 'Nothing'])} ${this.#directives()}`
    if (chance < 0.14 && depth > 0) {
      const narrowed = type === 'TimelineEvent' ? 'MessageSent' : this.#maybe(type)
      return `... ${this.random.next() < 0.7 ? `on ${narrowed}` : ''} ${this.#directives()} ${this.#selections(type, depth - 1)}`
    }
    const known = fields[type] ?? {}
    const fitting = this.random.pickIfAny(Object.keys(known)) ?? 'nothing'
    const name = chance < 0.16 ? this.#of([...names, '__typename']) : fitting
    const below = known[name] ?? ''
    const alias = this.random.next() < 0.1 ? `${this.#of(names)}: ` : ''
    const argument = argumentsOf[name]
    const given =
      argument === undefined
        ? this.random.next() < 0.03
          ? `(x: ${this.#of(values)})`
          : ''
        : `(${argument}: ${this.#of(this.random.next() < 0.7 ? fittingValues : values)})`
    const inner = below === '' ? '' : depth > 0 ? this.#selections(below, depth - 1) : '{ __typename }'
    return `${alias}${name}${given} ${this.#directives()} ${inner}`
  }

  #directives(): string {
    if (this.random.next() < 0.96) return ''
    return this.#of([
      '@include(if: $a)',
      '@skip(if: true)',
      '@skip',
      '@include(if: 1)',
      '@nothing',
      '@defer',
      '@skip(if: $a) @skip(if: $a)',
      '@key(fields: "id")',
    ])
  }

  /** Sometimes a wrong type. */
  #maybe = (type: string): string =>
    this.random.next() < 0.8 ? type : this.#of([...Object.keys(fields), 'Int', 'Nothing'])

  #spoiled(text: string): string {
    if (this.random.next() < 0.75) return text
    const at = Math.floor(this.random.next() * text.length)
    const chance = this.random.next()
    if (chance < 0.4) return text.slice(0, at) + this.#of(noise) + text.slice(at)
    if (chance < 0.7) return text.slice(0, at) + text.slice(at + 1 + Math.floor(this.random.next() * 5))
    if (chance < 0.9) return text.slice(0, at)
    return text + this.#of(['{', '[', ' x'.repeat(3_000), '{a'.repeat(1_500), ' @a'.repeat(1_000)])
  }

  #of<Item>(items: readonly Item[]): Item {
    return this.random.pick(items)
  }
}

/** Requests made by the grammar of GraphQL over the test graph: valid ones, nearly valid ones and broken ones. */
export function requestsFrom(seed: number, count: number): Sent[] {
  const grammar = new Grammar(new Random(seed))
  return Array.from({ length: count }, () => grammar.request())
}
