import { cpSync } from 'node:fs'
import { join } from 'node:path'

// Next leaves the browser's files out of the standalone folder, for those who serve them from elsewhere. Parley does not.
const root = join(import.meta.dirname, '..')
cpSync(join(root, '.next/static'), join(root, '.next/standalone/web/.next/static'), { recursive: true })
