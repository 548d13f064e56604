import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { sessionToken } from './session-cookie.ts'

const secret = 'a secret of this test'
const signed = (token: string, by = secret) => {
  const signature = createHmac('sha256', by).update(token).digest('base64')
  return `fettle_session=${encodeURIComponent(`${token}.${signature}`)}`
}

test('the token of a session is read from among other cookies', () => {
  expect(sessionToken(`lang=en; ${signed('token')}; other=1`, secret)).toBe('token')
})

test.each([
  ['signed by somebody else', signed('token', 'another secret')],
  ['changed after it was signed', signed('token').replace('token', 'taken')],
  ['without a signature', 'fettle_session=token'],
  ['of a signature alone', signed('')],
  ['cut off', signed('token').slice(0, -8)],
  ['that cannot be read', 'fettle_session=%E0%A4%A'],
  ['of another name', signed('token').replace('fettle_session', 'my_fettle_session')],
  ['that is empty', 'fettle_session='],
])('a cookie %s is none', (_, cookie) => {
  expect(sessionToken(cookie, secret)).toBeNull()
})
