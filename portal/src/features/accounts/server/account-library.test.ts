import { expect, test } from 'vitest'
import { testPortal } from '../../../../test/test-portal.ts'
import { accountLibrary } from './account-library.ts'
import { accounts } from './index.ts'

const { platform, database } = await testPortal({ features: [accounts] })

test('the library finds every table and column it writes under our names', async () => {
  const { explicitSchemaCheck } = await accountLibrary(platform).$context
  expect(explicitSchemaCheck).toBeTypeOf('function')
  await explicitSchemaCheck?.() // throws the list of what is missing
})

test('what the library writes rolls back with the ambient transaction', async () => {
  const { internalAdapter } = await accountLibrary(platform).$context
  const person = { name: 'Ghost', email: 'ghost@example.com', kind: 'customer', language: 'en' }
  const work = database.transaction(async () => {
    await internalAdapter.createUser(person, { method: 'admin' })
    expect(await internalAdapter.findUserByEmail('ghost@example.com')).not.toBeNull()
    throw new Error('changed my mind')
  })
  await expect(work).rejects.toThrow('changed my mind')
  expect(await internalAdapter.findUserByEmail('ghost@example.com')).toBeNull()
})
