import '@parley/platform/service/start-quickly'
import { runService } from '@parley/platform/service/run-service'
import { readEnv } from './env'
import { MessageModule } from './message.module'

const env = readEnv()

void runService({ name: 'message', module: MessageModule.forRoot(env), env })
