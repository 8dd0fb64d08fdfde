import { Store } from './store'

/** What the live region says now. */
export const announcementStore = new Store('')

const gather = 1_500
let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something at once. */
export function announce(sentence: string): void {
  announcementStore.set(sentence)
}

/** Says what arrived, gathered: one message is read out, several are counted, so that a busy room does not talk without end. */
export function announceMessage(author: string, text: string): void {
  waiting.push(`${author}: ${text}`)
  timer ??= setTimeout(() => {
    announce(waiting.length === 1 ? (waiting[0] ?? '') : `${waiting.length} new messages`)
    waiting = []
    timer = undefined
  }, gather)
}
