import '@parley/platform/service/start-quickly'
import { runService } from '@parley/platform/service/run-service'
import { ConversationModule } from './conversation.module'
import { readEnv } from './env'

const env = readEnv()

void runService({ name: 'conversation', module: ConversationModule.forRoot(env), env })
