import { MemoryNotifications } from './memory-notifications'
import { notificationsContract } from './notifications.contract'

describe('MemoryNotifications', () => {
  notificationsContract(() => new MemoryNotifications())
})
