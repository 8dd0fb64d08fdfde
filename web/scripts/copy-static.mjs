import { cpSync } from 'node:fs'
import { join } from 'node:path'

// Next leaves static files out of the standalone folder, for deployments with a CDN. Parley serves them itself.
const root = join(import.meta.dirname, '..')
const standalone = join(root, '.next/standalone/web')
cpSync(join(root, '.next/static'), join(standalone, '.next/static'), { recursive: true })
cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true })
