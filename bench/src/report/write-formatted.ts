import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'

/** As the checks of the repository want it, because what a bench writes is checked in. */
export async function writeFormatted(file: string, content: string): Promise<void> {
  const options = await resolveConfig(file)
  writeFileSync(file, await format(content, { ...options, filepath: file }))
}
