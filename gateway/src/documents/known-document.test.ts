import { Logger } from '@nestjs/common'
import * as compiler from '@parley/federation/operations/compile-operation'
import { parse } from 'graphql'
import { Epoch } from '../supergraph/epoch'
import { testSupergraph } from '../testing/supergraph'
import { knownDocument } from './known-document'

jest.mock('@parley/federation/operations/compile-operation')

test('an operation that the compiler fails on is left to the gateway package, and reported once', () => {
  const report = jest.spyOn(Logger.prototype, 'error').mockImplementation()
  const compile = jest.mocked(compiler.compileOperation).mockImplementation(() => {
    throw new TypeError('A defect')
  })
  const plans = [{ name: '', plan: { kind: 'QueryPlan' as const } }]
  const known = knownDocument(new Epoch(testSupergraph()), '{ extra }', parse('{ extra }'), plans)
  const operation = known.operations.get('')
  expect([operation?.compiled(), operation?.compiled()]).toEqual([null, null])
  expect(compile).toHaveBeenCalledTimes(1)
  expect(report).toHaveBeenCalledTimes(1)
})
