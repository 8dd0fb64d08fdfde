import type { Stack } from '@parley/launcher/stack'
import type { Client, GraphQLAnswer } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Stream } from '@parley/testing/stream'
import { queries, signUp, startDirect, startGroup } from './chat.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

interface Presence {
  readonly userId: string
  readonly state: 'ONLINE' | 'AWAY' | 'OFFLINE' | 'UNKNOWN'
  readonly lastSeenAt: string | null
  readonly status: { readonly emoji: string | null; readonly text: string | null } | null
  readonly isHidden: boolean | null
}

interface PresenceFrame {
  readonly people: readonly Presence[]
  readonly refused: readonly { readonly userId: string; readonly code: string }[]
}

type Following = Stream<GraphQLAnswer<{ presence: PresenceFrame | null }>>

const parts = 'userId state lastSeenAt isHidden status { emoji text }'
const presence = `subscription ($ids: [ID!]!, $isActive: Boolean) { presence(userIds: $ids, isActive: $isActive) {
  people { ${parts} } refused { userId code } } }`
const user = `query ($id: ID!) { user(id: $id) { displayName presence { ${parts} } } }`
const setStatus = `mutation ($input: SetStatusInput!) { setStatus(input: $input) {
  presence { ${parts} } errors { code ... on InvalidField { field } } } }`
const setPrivacy = `mutation ($input: SetPresencePrivacyInput!) { setPresencePrivacy(input: $input) {
  presence { isHidden } errors { code } } }`

/** Short times, so that the test need not wait for a minute: a device counts for 4 s, and for 2 s after its end. */
const times = { PRESENCE_BEAT_SECONDS: '2', PRESENCE_GRACE_SECONDS: '2' }

describe('presence', () => {
  let stack: Stack
  let ann: Client
  let ben: Client
  let eve: Client
  const opened: Following[] = []

  const follow = (client: Client, people: readonly Client[], isActive: boolean | null = null): Following => {
    const ids = people.map(({ userId }) => userId)
    const stream: Following = client.subscribe(presence, { ids, isActive })
    opened.push(stream)
    return stream
  }
  /** What a stream has said of a person last. */
  const last = (stream: Following, { userId }: Client): Presence | undefined =>
    stream.all
      .flatMap(({ data }) => data?.presence?.people ?? [])
      .filter((person) => person.userId === userId)
      .at(-1)
  const until = (stream: Following, person: Client, state: Presence['state'], timeout = 20_000): Promise<void> =>
    eventually(() => expect(last(stream, person)?.state).toBe(state), { timeout, interval: 50 })
  const seen = async (viewer: Client, { userId }: Client): Promise<Presence | null> =>
    (await viewer.must<{ user: { presence: Presence | null } }>(user, { id: userId })).user.presence

  beforeAll(async () => {
    stack = await testStack({ env: times })
    const [url = ''] = stack.urls
    ann = await signUp(url, 'ann')
    ben = await signUp(url, 'ben')
    eve = await signUp(url, 'eve')
    await startDirect(ann, ben)
    await eventually(async () => expect(await seen(ann, ben)).not.toBeNull())
  })
  afterEach(() => {
    for (const stream of opened.splice(0)) stream.close()
  })
  afterAll(async () => {
    await Promise.all([ann, ben, eve].map((client) => client.close()))
    await stack.stop()
  })

  it('is online with one active device of two, away when both are idle, and offline after the grace', async () => {
    const stream = follow(ann, [ben])
    await until(stream, ben, 'OFFLINE')
    const desk = follow(ben, [], false)
    await until(stream, ben, 'AWAY')
    const phone = follow(ben, [], true)
    await until(stream, ben, 'ONLINE')
    expect(await seen(ann, ben)).toMatchObject({ state: 'ONLINE', lastSeenAt: null, isHidden: null })
    phone.close()
    await until(stream, ben, 'AWAY')
    desk.close()
    const leftAt = Date.now()
    await until(stream, ben, 'OFFLINE')
    expect(Date.now() - leftAt).toBeGreaterThan(1_000)
    expect(Date.parse(last(stream, ben)?.lastSeenAt ?? '')).toBeLessThan(leftAt)
  })

  it('does not flicker over a reload', async () => {
    const stream = follow(ann, [ben])
    const before = follow(ben, [], true)
    await until(stream, ben, 'ONLINE')
    const from = stream.all.length
    before.close()
    follow(ben, [], true)
    // Its end comes after that of the grace.
    const expiresAt = new Date(Date.now() + 4_000).toISOString()
    await ben.must(setStatus, { input: { text: 'Reloaded', expiresAt } })
    await eventually(() => expect(last(stream, ben)?.status?.text).toBe('Reloaded'))
    await eventually(() => expect(last(stream, ben)?.status).toBeNull())
    const said = stream.all.slice(from).flatMap(({ data }) => data?.presence?.people ?? [])
    expect(said.filter(({ state }) => state !== 'ONLINE')).toEqual([])
  })

  it('leaves nobody online when the subgraph is killed, and knows who comes back', async () => {
    const stream = follow(ann, [ben])
    const device = follow(ben, [], true)
    await until(stream, ben, 'ONLINE')
    await stack.service('user').kill()
    device.close()
    await stack.service('user').start()
    await eventually(async () => expect((await seen(ann, ben))?.state).toBe('OFFLINE'), { timeout: 60_000 })
    const again = follow(ann, [ben])
    follow(ben, [], true)
    await until(again, ben, 'ONLINE')
  })

  it('I7: is nothing for strangers, and ends within 2 s of the last conversation', async () => {
    const stranger = follow(eve, [ann, ben, eve])
    const { data } = await stranger.next()
    expect(data?.presence?.people.map(({ userId }) => userId)).toEqual([eve.userId])
    expect(data?.presence?.refused).toEqual(
      [ann, ben].map(({ userId }) => ({ userId, code: 'NO_SHARED_CONVERSATION' })),
    )
    expect(await seen(eve, ann)).toBeNull()
    const conversation = await startGroup(ann, [eve], 'For a moment')
    await eventually(() => expect(last(stranger, ann)).toBeDefined())
    const leftAt = performance.now()
    await ann.must(queries.leave, { input: { conversationId: conversation } })
    await eventually(
      () => expect(stranger.all.at(-1)?.data?.presence?.refused).toMatchObject([{ userId: ann.userId }]),
      { interval: 20 },
    )
    expect(performance.now() - leftAt).toBeLessThan(2_000)
    expect(await seen(eve, ann)).toBeNull()
  })

  it('hides who wants that, live, from others and others from them', async () => {
    const [hers, his] = [follow(ann, [ann, ben], true), follow(ben, [ann, ben], true)]
    await until(hers, ben, 'ONLINE')
    await until(his, ann, 'ONLINE')
    await ben.must(setPrivacy, { input: { isHidden: true } })
    await until(hers, ben, 'UNKNOWN')
    await until(his, ann, 'UNKNOWN')
    expect(await seen(ann, ben)).toMatchObject({ state: 'UNKNOWN', lastSeenAt: null, isHidden: null })
    expect(await seen(ben, ben)).toMatchObject({ state: 'ONLINE', isHidden: true })
    await ben.must(setPrivacy, { input: { isHidden: false } })
    await until(hers, ben, 'ONLINE')
  })

  it('has a status that is seen live and ends by itself', async () => {
    const stream = follow(ann, [ben])
    await stream.next()
    const expiresAt = new Date(Date.now() + 4_000).toISOString()
    await ben.must(setStatus, { input: { emoji: '🌴', text: ' On  leave ', expiresAt } })
    await eventually(() => expect(last(stream, ben)?.status).toEqual({ emoji: '🌴', text: 'On leave' }))
    await eventually(() => expect(last(stream, ben)?.status).toBeNull())
    expect((await seen(ann, ben))?.status).toBeNull()
    await ben.must(setStatus, { input: { text: 'Lunch' } })
    await ben.must('mutation { clearStatus { presence { status { text } } errors { code } } }')
    await eventually(async () => expect((await seen(ann, ben))?.status).toBeNull())
  })

  it('I10: refuses what is no status, more people than it follows, and ids that are none', async () => {
    const { data } = await ann.gql<{ setStatus: { errors: { field: string }[] } }>(setStatus, {
      input: { emoji: 'ab', text: 'x'.repeat(101), expiresAt: '2020-01-01T00:00:00Z' },
    })
    expect(data?.setStatus.errors.map(({ field }) => field)).toEqual(['emoji', 'text', 'expiresAt'])
    const many = Array.from({ length: 201 }, (_, index) => `019ac000-0000-7000-8000-${String(index).padStart(12, '0')}`)
    for (const ids of [many, ['1 or 1=1']]) {
      const stream: Following = ann.subscribe(presence, { ids })
      expect((await stream.next()).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
  })
})
