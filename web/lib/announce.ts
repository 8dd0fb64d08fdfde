import { Store } from './store'

/** The current text of the live region. */
export const announcementStore = new Store('')

const gather = 1_500
let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Announces a text at once. */
export function announce(sentence: string): void {
  announcementStore.set(sentence)
}

/**
 * Announces new messages, batched: one message is read out, several are counted, so that a busy conversation does not
 * speak without end.
 */
export function announceMessage(author: string, text: string): void {
  waiting.push(`${author}: ${text}`)
  timer ??= setTimeout(() => {
    announce(waiting.length === 1 ? (waiting[0] ?? '') : `${waiting.length} new messages`)
    waiting = []
    timer = undefined
  }, gather)
}
