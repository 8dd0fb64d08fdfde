/** Where a try to log in comes from. */
export interface TryOrigin {
  readonly address: string
  /** Names the browser if it has signed in to this account before, else null. */
  readonly device: string | null
}

/** Each throws RATE_LIMITED with the time to wait. */
export abstract class RateLimits {
  /** Tries of a device that is known count for themselves: no stranger can use them up. */
  abstract admitLogIn(username: string, origin: TryOrigin): Promise<void>
  abstract admitRegistration(address: string): Promise<void>
}
