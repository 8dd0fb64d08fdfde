import { Store } from '../store'

/**
 * The conversation of which the inbox has just told more than a new message: one of its messages may have been edited
 * or deleted. A new object each time.
 */
export const messageChanges = new Store<{ readonly conversationId: string } | null>(null)
