import { cpSync } from 'node:fs'
import { join } from 'node:path'

// Next leaves static files out of the standalone folder, for deployments with a CDN. Parley serves them itself.
const root = join(import.meta.dirname, '..')
cpSync(join(root, '.next/static'), join(root, '.next/standalone/web/.next/static'), { recursive: true })
