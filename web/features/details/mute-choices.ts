const hourMs = 3_600_000

/** For how long a conversation can be muted; null for until it is unmuted. */
export const muteChoices = [
  { label: 'For 1 hour', ms: hourMs },
  { label: 'For 8 hours', ms: 8 * hourMs },
  { label: 'For 1 day', ms: 24 * hourMs },
  { label: 'Until I unmute it', ms: null },
] as const

export type MuteChoice = (typeof muteChoices)[number]

export const endOf = ({ ms }: MuteChoice, now: Date): Date | null => (ms === null ? null : new Date(now.getTime() + ms))
