import { type z } from 'zod'

/**
 * Parses the environment before the service starts. Prints all faults at once and exits with status 78 (EX_CONFIG), so
 * that a badly configured service does not start half.
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
