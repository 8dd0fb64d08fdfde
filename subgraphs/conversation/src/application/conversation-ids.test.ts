import { clientId, userId } from '@parley/kernel/ids'
import { directConversationId, groupConversationId } from './conversation-ids'

const anna = userId('0198b7a0-0000-7000-8000-000000000001')
const ben = userId('0198b7a0-0000-7000-8000-000000000002')
const cleo = userId('0198b7a0-0000-7000-8000-000000000003')
const once = clientId('0198b7a0-0000-7000-8000-00000000000a')

describe('the ids of conversations', () => {
  it('are the same for a pair in either order', () =>
    expect(directConversationId(anna, ben)).toBe(directConversationId(ben, anna)))
  it('differ for every pair', () => {
    const ids = [directConversationId(anna, ben), directConversationId(anna, cleo), directConversationId(ben, cleo)]
    expect(new Set(ids).size).toBe(3)
  })
  it('belong to the creator of a group, not to the client id alone', () => {
    expect(groupConversationId(anna, once)).toBe(groupConversationId(anna, once))
    expect(groupConversationId(anna, once)).not.toBe(groupConversationId(ben, once))
  })
  it('never change: they name what is stored', () => {
    expect(directConversationId(anna, ben)).toBe('ea10ef72-693c-5a1a-b7cc-4ba9ff21dffa')
    expect(groupConversationId(anna, once)).toBe('a4383d82-5635-55b5-9ce9-28f83fa18c30')
  })
})
