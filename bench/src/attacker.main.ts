import { attacks } from './attacks.ts'
import type { Target } from './attacks.ts'

/** A process of its own, so that its work is not the bystander's: attacker.main.ts NAME TARGET, outcomes on stdout. */
const [name, target = '{}'] = process.argv.slice(2)
const attack = attacks.find((one) => one.name === name)
if (attack === undefined) throw new Error(`There is no attack "${name ?? ''}"`)
process.stdout.write(JSON.stringify(await attack.run(JSON.parse(target) as Target)))
process.exit(0)
