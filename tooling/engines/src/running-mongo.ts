import { join, resolve } from 'node:path'
import { readLock } from './lock-file.ts'
import { lastPorts } from './ports.ts'
import { isAlive } from './process-identity.ts'

/** The address of the MongoDB that a living launcher has started in this folder; null when there is none. */
export function runningMongo(dataDir: string): string | null {
  const launcher = readLock(resolve(dataDir))?.launcher
  if (launcher === undefined || !isAlive(launcher)) return null
  const [port] = lastPorts(join(resolve(dataDir), 'mongo'))
  return port === undefined ? null : `mongodb://127.0.0.1:${port}/?directConnection=true`
}
