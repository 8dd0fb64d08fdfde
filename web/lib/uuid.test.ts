import { uuidv7 } from './uuid'

describe('uuidv7', () => {
  it('has the version, the variant and the time in front', () => {
    const id = uuidv7(Date.UTC(2026, 10, 24))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(parseInt(id.replace(/-/g, '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 24))
  })

  it('does not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size).toBe(1000)
  })
})
