import '@parley/platform/service/start-quickly'
import { runService } from '@parley/platform/service/run-service'
import { readEnv } from './env'
import { UserModule } from './user.module'

const env = readEnv()

void runService({ name: 'user', module: UserModule.forRoot(env), env })
