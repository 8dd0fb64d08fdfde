import { once } from 'node:events'
import { attacks } from './attacks.ts'
import type { Target } from './attacks.ts'

/**
 * A process of its own, so that its work is not the bystander's: attacker.main.ts NAME TARGET. It says on stdout that it is
 * ready, begins with a line on stdin, and ends with outcomes as JSON: what it takes to start is no part of the attack.
 */
const [name, target = '{}'] = process.argv.slice(2)
const attack = attacks.find((one) => one.name === name)
if (attack === undefined) throw new Error(`There is no attack "${name ?? ''}"`)
process.stdout.write('ready\n')
await once(process.stdin, 'data')
process.stdout.write(JSON.stringify(await attack.run(JSON.parse(target) as Target)))
process.exit(0)
