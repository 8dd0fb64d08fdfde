import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { seal, unseal } from './sealed-text'

const secret = randomBytes(32)

describe('seal', () => {
  it('is reversed with the same secret and label, and never gives the same text twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (label, text) => {
        const sealed = seal(secret, label, text)
        expect(unseal(secret, label, sealed)).toBe(text)
        expect(seal(secret, label, text)).not.toBe(sealed)
      }),
    )
  })
  it('does not open with another secret, under another label, or changed', () => {
    const sealed = seal(secret, 'kid', 'text')
    expect(() => unseal(randomBytes(32), 'kid', sealed)).toThrow()
    expect(() => unseal(secret, 'other', sealed)).toThrow()
    const bytes = Buffer.from(sealed, 'base64')
    bytes.forEach((_, index) => {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => unseal(secret, 'kid', changed.toString('base64'))).toThrow()
    })
  })
})
