import { MemoryNotifications } from './fakes'
import { notificationsContract } from './notifications.contract'

describe('MemoryNotifications', () => {
  notificationsContract(() => new MemoryNotifications())
})
