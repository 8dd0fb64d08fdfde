import { randomUUID } from 'node:crypto'
import type { Stack } from '@parley/launcher/stack'
import { Client, userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { OperationTypeNode } from 'graphql'
import { apiFields, isText, nestedTextFields, selectionsOf, variablesOf } from './api-fields.ts'
import type { ApiField, ApiInput } from './api-fields.ts'
import { eventsOf, follow, queries, readBack, send, seqsOf, signUp, startGroup, untilSeq, upTo } from './chat.ts'
import { permissions, roles } from './permissions.ts'
import { expectRefusal, harmIn } from './refusals.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** Strings that mean something to some layer behind the API. */
const strings = [
  ['half of a character', '\uD800'],
  ['halves in the wrong order', 'a\uDE00\uD83Db'],
  ['nothing to see', '\u200b\u2060\ufeff\u3164'],
  ['controls', '\u0000\u001b[2J\r\n'],
  ['an operator of MongoDB', '{"$ne":null}'],
  ['a path of MongoDB', '$where.a.$gt'],
  ['a statement of SQL', "'; DROP TABLE users; --"],
  ['a key of every object', '__proto__'],
  ['a property of every object', 'constructor'],
  ['a slow expression', `(a+)+$${'a'.repeat(60)}!`],
  ['a key of Redis', '*{x}\r\nFLUSHALL\r\n'],
  ['much', 'x'.repeat(50_000)],
] as const
/** What is no string at all, as JSON. */
const noStrings = ['{"$gt":""}', '{"__proto__":{"isAdmin":true}}', '[["x"]]', '1.5', 'true'] as const

const addMembers = 'mutation ($input: AddMembersInput!) { addMembers(input: $input) { errors { code message } } }'

const signedOut = { message: 'Sign in to do this.', extensions: { category: 'auth', code: 'UNAUTHENTICATED' } }

type Answer = GraphQLAnswer<Record<string, unknown>>

const fields = Object.values(OperationTypeNode).flatMap((kind) => apiFields(kind))
const textInputs = fields.flatMap((field) =>
  field.inputs
    .filter(isText)
    .map((input) => [`${field.kind} ${field.name} ${input.path.join('.')}`, field, input] as const),
)

describe('every field of the API', () => {
  let stack: Stack
  let ann: Client
  let mal: Client
  let group: string
  let message: string

  beforeAll(async () => {
    stack = await testStack()
    const url = stack.urls[0] ?? ''
    ann = await signUp(url, 'ann')
    mal = await signUp(url, 'mal')
    group = await startGroup(mal, [ann])
    await send(ann, group, 'Untouched')
    message = (await send(mal, group, 'To be changed')).message?.id ?? ''
  })
  afterAll(async () => {
    await Promise.all([ann, mal].map((client) => client.close()))
    await stack.stop()
  })

  /** What is right for an input that is not the bad one. */
  function rightFor({ name }: ApiField, { path, type, isList }: ApiInput, about = message): unknown {
    const last = path.at(-1) ?? ''
    if (last === 'clientId') return randomUUID()
    if (last === 'conversationId' || (name === 'conversation' && last === 'id')) return group
    if (type === 'ID' && !isList) return last === 'userId' || name === 'user' ? ann.userId : about
    if (type === 'ID') return [ann.userId]
    // Nobody has replied to the message.
    if (type === 'Int') return last === 'line' && name !== 'markThreadRead' ? 1 : 0
    if (type === 'Boolean') return false
    return last === 'emoji' ? '👍' : `a${randomUUID().slice(0, 8)}`
  }
  const rightVariables = (field: ApiField, about: string) =>
    variablesOf(
      field.inputs.filter(({ isRequired }) => isRequired).map((input) => [input, rightFor(field, input, about)]),
    )
  const withBad = (field: ApiField, bad: ApiInput, value: unknown) =>
    variablesOf(
      field.inputs
        .filter((input) => input === bad || input.isRequired)
        .map((input) => [input, input === bad ? (input.isList ? [value] : value) : rightFor(field, input)]),
    )

  async function answerTo(client: Client, { kind, document }: ApiField, variables: object): Promise<Answer> {
    if (kind !== OperationTypeNode.SUBSCRIPTION) {
      // A tab of its own, so that whoever it signs in or out stays there.
      const response = await client.anotherTab().post(JSON.stringify({ query: document, variables }))
      return (await response.json()) as Answer
    }
    const stream = client.subscribe<Record<string, unknown>>(document, { ...variables })
    try {
      return await stream.next()
    } catch (error) {
      const { cause } = error as Error
      // A socket without a token is closed as a whole.
      if ((cause as { code?: unknown } | undefined)?.code === 4403) return { errors: [signedOut] }
      if (!Array.isArray(cause)) throw error
      return { errors: cause as NonNullable<Answer['errors']> }
    } finally {
      stream.close()
    }
  }

  it.each(textInputs)('%s takes any string, or says what is wrong with it', async (_name, field, input) => {
    for (const [what, value] of strings) {
      const harm = harmIn(await answerTo(mal, field, withBad(field, input, value)))
      expect({ what, harm }).toEqual({ what, harm: [] })
    }
  })

  it.each(textInputs)('%s takes nothing but strings', async (_name, field, input) => {
    for (const value of noStrings) {
      const { errors } = await answerTo(mal, field, withBad(field, input, JSON.parse(value)))
      expectRefusal(errors, 'INVALID_INPUT')
    }
  })

  it('no other field has an argument for text than the history, whose arguments are those of the timeline', () => {
    expect(nestedTextFields()).toEqual(['Conversation.history'])
  })

  describe('of the message subgraph is only for those who may use it', () => {
    let people: readonly Client[]
    const ofMessages = Object.values(OperationTypeNode).flatMap((kind) => apiFields(kind, 'message'))
    const verdictOn = ({ data, errors }: Answer) =>
      errors?.[0]?.extensions?.code ?? Object.values(data ?? {}).flatMap(userErrorsOf)[0]?.code ?? null

    beforeAll(async () => {
      const former = await signUp(stack.urls[0] ?? '', 'former')
      const outsider = await signUp(stack.urls[0] ?? '', 'outsider')
      people = [new Client(stack.urls[0] ?? ''), outsider, former, ann, mal]
      await mal.must(addMembers, { input: { conversationId: group, userIds: [former.userId] } })
      await former.must(queries.leave, { input: { conversationId: group } })
      await eventually(async () => expect(await former.codeOf(queries.unread, { id: group })).toBe('NOT_FOUND'))
    })
    afterAll(() => Promise.all(people.map((client) => client.close())))

    it('and each has a row', () => {
      expect(ofMessages.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual(
        Object.keys(permissions).toSorted(),
      )
    })

    it.each(ofMessages.map((field) => [`${field.kind} ${field.name}`, field] as const))('%s', async (name, field) => {
      const about = (await send(mal, group, 'About this')).message?.id ?? ''
      const verdicts: Record<string, string | null> = {}
      for (const [index, role] of roles.entries()) {
        const answer = await answerTo(people[index] ?? mal, field, rightVariables(field, about))
        verdicts[role] = verdictOn(answer)
        if (verdicts[role] !== null) expect(harmIn(answer)).toEqual([])
      }
      expect(verdicts).toEqual(Object.fromEntries(roles.map((role, index) => [role, permissions[name]?.[index]])))
    })

    it.each(['Conversation', 'Message'])('the subgraph itself shows no field of a %s to others', async (type) => {
      const names = [...selectionsOf(type, 'message')]
        .filter(([name]) => name !== 'id')
        .map(([, selection]) => selection)
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${names.join(' ')} } } }`
      const of = [{ __typename: type, id: type === 'Message' ? message : group }]
      const shown = await Promise.all(
        people.map(async ({ cookies }) => {
          const response = await fetch(`${stack.service('message').url}/graphql`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              authorization: `Bearer ${cookies.get('parley_access') ?? ''}`,
            },
            body: JSON.stringify({ query, variables: { of } }),
          })
          const { data } = (await response.json()) as GraphQLAnswer<{ _entities: (Record<string, unknown> | null)[] }>
          return Object.values(data?._entities[0] ?? {}).filter((value) => value !== null).length > 0
        }),
      )
      expect(shown).toEqual([false, false, false, true, true])
    })
  })

  it('after all of it everything is there that was sent, and every process lives', async () => {
    const { seq } = await send(mal, group, 'Last')
    const stream = follow(ann, group, 0)
    await untilSeq(stream, seq)
    expect(seqsOf(eventsOf(stream))).toEqual(upTo(seq))
    const texts = (await readBack(ann, group)).events.map(({ message: sent }) => sent?.text)
    expect([texts.includes('Untouched'), texts.at(-1)]).toEqual([true, 'Last'])
    stream.close()
  })
})
