import { startAhead } from './planning-thread'

// Imported before all that takes long to load: after a restart, people wait for the first plan.
startAhead()
