import { type z } from 'zod'

/**
 * Parses the environment before anything boots. Prints every fault at once and ends the process with status 78 (EX_CONFIG):
 * a service that is set up wrongly should not come up half.
 */
export function parseEnv<Schema extends z.ZodType>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> {
  const result = schema.safeParse(source)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.') || '(all)'}: ${issue.message}`)
  process.stderr.write(`The environment is not complete:\n${faults.join('\n')}\n`)
  process.exit(78)
}
