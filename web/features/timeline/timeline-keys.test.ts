import { actionOf, messageActions } from './message-actions'
import { timelineKeys } from './timeline-keys'

describe('the list of the keys of messages', () => {
  it('has every action of the table, by the keys that do it', () => {
    const lines = timelineKeys().flatMap((section) => section.lines)
    for (const action of messageActions) {
      const [key] = action.keys
      const press = { key, code: '', repeat: false, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }
      expect(actionOf(press, messageActions)).toBe(action)
      const name = key.length === 1 ? key.toUpperCase() : key
      const told = lines.filter(({ keys }) => keys.some((names) => names.join(' ') === name))
      expect([
        action.label,
        told.some(({ words }) => words.includes(action.label) || words.includes(action.id)),
      ]).toEqual([action.label, true])
    }
  })
})
