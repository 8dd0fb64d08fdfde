import { startAhead } from './planning-process'

// Imported before everything that is slow to load: after a restart, clients wait for the first plan.
startAhead()
