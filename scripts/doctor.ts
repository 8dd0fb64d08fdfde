import { diagnoseEngines, printDiagnosis } from '@parley/engines/doctor'

const diagnosis = await diagnoseEngines()
process.stdout.write(`${printDiagnosis(diagnosis)}\n`)
process.exitCode = diagnosis.isHealthy ? 0 : 1
