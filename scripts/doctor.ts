import { join } from 'node:path'
import { diagnoseEngines, printDiagnosis } from '@parley/engines/doctor'
import { root } from '@parley/launcher/workspace'

const diagnosis = await diagnoseEngines(undefined, join(root, '.parley', 'data'))
process.stdout.write(`${printDiagnosis(diagnosis)}\n`)
process.exitCode = diagnosis.isHealthy ? 0 : 1
