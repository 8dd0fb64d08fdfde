import type { Message } from './events'

type Thread = Message['thread']

/** As many faces show beside the number of replies. */
const faces = 3

/** Whose faces show: those who replied last, the last of them last. */
export const shownIn = (thread: Thread): readonly string[] => thread?.participantIds.slice(-faces) ?? []
