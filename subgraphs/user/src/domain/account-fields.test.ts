import { InvalidFields } from '@parley/kernel/errors'
import fc from 'fast-check'
import { checkDisplayName, checkPassword, checkUsername, registrationOf } from './account-fields'

const text = fc.string({ unit: 'binary', maxLength: 80 })
const valueOf = (
  checked: ReturnType<typeof checkDisplayName | typeof checkUsername | typeof checkPassword>,
): string | null => (checked.valid ? checked.value : null)

describe('checkUsername', () => {
  it.each(['abc', 'a_1', '___', 'x'.repeat(24)])('takes %s', (value) =>
    expect(valueOf(checkUsername(value))).toBe(value),
  )
  it.each(['', 'ab', 'x'.repeat(25), 'a b', 'ä_ö', 'a-b', 'abc\0', 'abc\n1', '../../etc'])('refuses %j', (value) => {
    expect(valueOf(checkUsername(value))).toBeNull()
  })
  it('converts to lower case', () => expect(valueOf(checkUsername(' Anna_B '))).toBe('anna_b'))
  it('accepts only what its pattern describes, and accepts its own result', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.stringMatching(/^[\w ]{1,30}$/)), (raw) => {
        const value = valueOf(checkUsername(raw))
        if (value === null) return
        expect(value).toMatch(/^[a-z0-9_]{3,24}$/)
        expect(valueOf(checkUsername(value))).toBe(value)
      }),
    )
  })
})

describe('checkDisplayName', () => {
  it.each(['A', 'Anna Berg', '李小龙', 'नमस्ते', '👩‍👩‍👧', 'O’Neill-Žižek', 'x'.repeat(50), '👋'.repeat(50)])(
    'takes %s',
    (value) => {
      expect(valueOf(checkDisplayName(value))).toBe(value.normalize('NFC'))
    },
  )
  it.each([
    '',
    '   ',
    '\u200b',
    '\u3164',
    '\u2800',
    '\u0301',
    'x'.repeat(51),
    'a\nb',
    'a\0b',
    'a\u202eb',
    '\ud800',
    'a\u2028b',
  ])('refuses %j', (value) => expect(valueOf(checkDisplayName(value))).toBeNull())
  it('trims, joins doubled spaces and composes', () => {
    expect(valueOf(checkDisplayName('  Jo\u0308rg \u00a0 B '))).toBe('J\u00f6rg B')
  })
  it('makes well-formed, composed text of 1 to 50 characters of any input, and accepts its own result', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const value = valueOf(checkDisplayName(raw))
        if (value === null) return
        expect(value.isWellFormed()).toBe(true)
        expect(value).toBe(value.trim().normalize('NFC'))
        expect(value).not.toMatch(/\p{Cc}/u)
        expect(Array.from(value).length).toBeGreaterThanOrEqual(1)
        expect(Array.from(value).length).toBeLessThanOrEqual(50)
        expect(valueOf(checkDisplayName(value))).toBe(value)
      }),
    )
  })
})

describe('checkPassword', () => {
  it.each([10, 200])('takes %d characters', (length) => expect(checkPassword('é'.repeat(length)).valid).toBe(true))
  it.each([0, 9, 201])('refuses %d characters', (length) => expect(checkPassword('é'.repeat(length)).valid).toBe(false))
  it('accepts a password in either Unicode form', () => {
    expect(valueOf(checkPassword('pa\u0308sswo\u0308rter'))).toBe(valueOf(checkPassword('p\u00e4ssw\u00f6rter')))
  })
})

describe('registrationOf', () => {
  const faultsOf = (raw: Parameters<typeof registrationOf>[0]): readonly string[] => {
    try {
      registrationOf(raw)
      return []
    } catch (error) {
      if (error instanceof InvalidFields) return error.faults.map(({ field }) => field)
      throw error
    }
  }
  it('lists every invalid field, once each and in order', () => {
    expect(faultsOf({ username: '', displayName: '', password: '' })).toEqual(['username', 'displayName', 'password'])
  })
  it('is valid exactly when each of its fields is', () => {
    fc.assert(
      fc.property(text, text, text, (username, displayName, password) => {
        const each = [checkUsername(username), checkDisplayName(displayName), checkPassword(password)]
        expect(faultsOf({ username, displayName, password }).length === 0).toBe(each.every(({ valid }) => valid))
      }),
    )
  })
})
