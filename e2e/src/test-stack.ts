import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack } from '@parley/launcher/stack'
import type { Stack, StackOptions } from '@parley/launcher/stack'

/** Limits that protect accounts from guessing would stop a test with many users at one address. */
const manyAccounts = {
  RATE_LIMIT_REGISTER_PER_ADDRESS_PER_MINUTE: '10000',
  RATE_LIMIT_LOGIN_PER_ADDRESS_PER_MINUTE: '10000',
  RATE_LIMIT_LOGIN_PER_MINUTE: '10000',
}

/** The same for the rate of one user. */
const muchTraffic = {
  RATE_LIMIT_OPERATIONS_PER_SECOND: '10000',
  RATE_LIMIT_MUTATIONS_PER_SECOND: '10000',
  RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: '10000',
  RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND: '10000',
  RATE_LIMIT_COST_PER_SECOND: '100000000',
  RATE_LIMIT_COST_PER_ADDRESS_PER_SECOND: '100000000',
  SOCKETS_PER_ADDRESS: '10000',
}

export interface TestStackOptions extends Omit<StackOptions, 'dataDir' | 'ephemeral'> {
  /** As in an installation; lifted by default. */
  readonly trafficLimits?: 'real' | 'lifted'
}

/** The real stack on its own ports and data, which are deleted when it stops. */
export const testStack = ({ trafficLimits = 'lifted', ...options }: TestStackOptions = {}): Promise<Stack> =>
  startStack({
    web: false,
    ...options,
    dataDir: mkdtempSync(join(tmpdir(), 'parley-e2e-')),
    ephemeral: true,
    env: { ...manyAccounts, ...(trafficLimits === 'lifted' ? muchTraffic : {}), ...options.env },
  })

/** Generous: a stack starts in seconds, on a busy two-core machine in a minute. */
export const stackTimeout = 180_000
