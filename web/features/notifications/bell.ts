import { openPlace } from '../../lib/navigate'
import { conversationPath } from '../../lib/place'
import type { Notice } from './model/notifier'
import { noteUnsupported } from './permission'

/** The notifications of this tab. What is clicked leads to its conversation here. */
export class Bell {
  readonly #shown = new Map<string, Notification>()

  show({ key, title, body, isSilent, conversationId }: Notice): void {
    // Of one tag there is one, also from several tabs.
    const options: NotificationOptions & { renotify: boolean } = {
      body,
      tag: `parley:${key}`,
      icon: '/icons/icon-192.png',
      silent: isSilent,
      renotify: !isSilent,
    }
    try {
      const notification = new Notification(title, options)
      this.#shown.set(key, notification)
      notification.onclick = () => {
        notification.close()
        window.focus()
        openPlace(conversationId === null ? '/' : conversationPath(conversationId))
      }
      notification.onclose = () => {
        if (this.#shown.get(key) === notification) this.#shown.delete(key)
      }
    } catch {
      noteUnsupported()
    }
  }

  close(key: string): void {
    this.#shown.get(key)?.close()
    this.#shown.delete(key)
  }

  /** A click on one that stays would lead nowhere. */
  closeAll(): void {
    for (const key of [...this.#shown.keys()]) this.close(key)
  }
}
