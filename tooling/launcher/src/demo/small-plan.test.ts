import { planSmallPeople, planStories, timeOf } from './small-plan.ts'

const now = new Date(2026, 10, 29, 9, 30).getTime()
const plan = (at = now) => [...planStories(planSmallPeople(at), at)]
const midnight = new Date(2026, 10, 29, 0, 5).getTime()

describe('the small demo', () => {
  it('is the same plan for the same time', () => expect(plan()).toEqual(plan()))

  it.each([now, midnight])('lies in the past, whenever it is planned, and each change after its message', (at) => {
    for (const { startedAt, messages, changes = [] } of plan(at)) {
      const sentAt = new Map(messages.map((message) => [message.id, Date.parse(message.at)]))
      for (const time of sentAt.values()) expect(time).toBeGreaterThan(Date.parse(startedAt))
      for (const change of changes) expect(Date.parse(change.at)).toBeGreaterThan(sentAt.get(change.messageId) ?? at)
      for (const { at: when } of [...messages, ...changes]) expect(Date.parse(when)).toBeLessThan(at)
      for (const { at: when, reply } of messages)
        if (reply !== undefined) expect(Date.parse(when)).toBeGreaterThan(sentAt.get(reply.rootId) ?? at)
    }
  })

  it('has days of history with all that people do to messages', () => {
    const planned = plan()
    const changes = planned.flatMap((one) => one.changes ?? [])
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['edit', 'react', 'pin', 'delete']))
    const messages = planned.flatMap((one) => one.messages)
    expect(new Set(messages.map(({ at }) => at.slice(0, 10))).size).toBeGreaterThanOrEqual(5)
    expect(messages.filter(({ reply }) => reply !== undefined).length).toBeGreaterThanOrEqual(5)
    expect(messages.filter(({ replyToId }) => replyToId !== undefined).length).toBeGreaterThanOrEqual(2)
    for (const mark of [/<@[0-9a-f-]{36}>/, /```/, /^- /m, /^> /m, /\|\|/, /\p{Script=Arabic}/u, /\p{Script=Han}/u])
      expect(messages.some(({ text }) => mark.test(text))).toBe(true)
    expect(messages.map(({ text }) => text).join(' ')).not.toMatch(/@(mira|jonas|priya|tomas|aiko|lea|yusuf)\b/)
  })

  it('knows two ways to say when', () => {
    expect(timeOf('25m', now)).toBe(now - 25 * 60_000)
    expect(new Date(timeOf('3d 18:25', now))).toEqual(new Date(2026, 10, 26, 18, 25))
    expect(() => timeOf('yesterday', now)).toThrow('yesterday')
  })
})
