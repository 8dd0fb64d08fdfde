import { createInterface } from 'node:readline'
import { attacks } from './attacks.ts'
import type { Target } from './attacks.ts'

/**
 * Runs in its own process, so that its CPU time is not the bystander's: attacker.main.ts NAME TARGET. It prints on
 * stdout that it is ready, attacks once for each line on stdin, and prints the outcomes as a line of JSON.
 */
const [name, target = '{}'] = process.argv.slice(2)
const attack = attacks.find((one) => one.name === name)
if (attack === undefined) throw new Error(`There is no attack "${name ?? ''}"`)
process.stdout.write('ready\n')
for await (const _ of createInterface(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await attack.run(JSON.parse(target) as Target))}\n`)
}
process.exit(0)
