import { conversationsContract } from './conversations.contract'
import { MemoryConversationDirectory, MemoryConversations } from './memory-conversations'

describe('MemoryConversations', () => {
  const conversations = new MemoryConversations()
  const directory = new MemoryConversationDirectory(conversations)
  conversationsContract(() => ({ writers: [conversations], directory }))
})
