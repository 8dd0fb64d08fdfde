import { Inject } from '@nestjs/common'

export const USER_ENV = 'parley:user-env'
export const InjectUserEnv = (): ParameterDecorator & PropertyDecorator => Inject(USER_ENV)
