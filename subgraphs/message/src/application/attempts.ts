import { setTimeout as pause } from 'node:timers/promises'

/** How often a change is decided again when another process was first. */
export const maxAttempts = 20

const maxPause = 100

/** For a random time, so that those who collided do not collide again. */
export const pauseAfter = (attempt: number): Promise<void> => pause(Math.random() * Math.min(maxPause, 2 ** attempt))
