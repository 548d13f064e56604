import { expect, test } from 'vitest'
import { readPresence } from './read-presence.ts'

test('a machine says that it is there, in a session whose name the database can keep', () => {
  expect(readPresence('{"connected":true,"session":"5f0c"}')).toEqual({ connected: true, session: '5f0c' })
  expect(readPresence('{"connected":false}')).toEqual({ connected: false })
  for (const session of ['\\u0000', '\\ud800', '\\udc00x', ''])
    expect(readPresence(`{"connected":true,"session":"${session}"}`)).toBeNull()
})
