import { statusNow } from './presence-store'
import { presenceWords } from './presence-words'

const now = new Date(2026, 10, 29, 15, 0)
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()

describe('presence in words', () => {
  it.each([
    ['ONLINE', null, 'online'],
    ['AWAY', null, 'away'],
    ['AWAY', ago(0), 'away'],
    ['AWAY', ago(12), 'away, last active 12 min ago'],
    ['OFFLINE', null, 'offline'],
    ['OFFLINE', ago(0), 'last seen just now'],
    ['OFFLINE', ago(5), 'last seen 5 min ago'],
    ['OFFLINE', ago(185), 'last seen 3 h ago'],
    ['OFFLINE', ago(1_000), 'last seen yesterday'],
    ['UNKNOWN', null, ''],
  ] as const)('%s, last seen at %s, is "%s"', (state, lastSeenAt, words) => {
    expect(presenceWords({ state, lastSeenAt }, now)).toBe(words)
  })

  it('is nothing for who is not followed', () => expect(presenceWords(undefined, now)).toBe(''))
})

describe('a status', () => {
  const status = { emoji: '🌴', text: null, expiresAt: now.toISOString() }
  it('is gone when it has expired, also before the server says so', () => {
    expect(statusNow({ status }, new Date(now.getTime() - 1))).toBe(status)
    expect(statusNow({ status }, now)).toBeNull()
    expect(statusNow({ status: { ...status, expiresAt: null } }, now)).not.toBeNull()
    expect(statusNow(undefined, now)).toBeNull()
  })
})
