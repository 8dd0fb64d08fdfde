import { conversationsContract } from './conversations.contract'
import { MemoryActivity, MemoryConversationDirectory, MemoryConversations } from './memory-conversations'

describe('MemoryConversations', () => {
  const conversations = new MemoryConversations()
  const activity = new MemoryActivity(conversations)
  const directory = new MemoryConversationDirectory(conversations)
  conversationsContract(() => ({ writers: [conversations], directory, activity }))
})
