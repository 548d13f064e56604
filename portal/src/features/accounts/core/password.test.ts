import { expect, test } from 'vitest'
import { passwordProblem } from './password.ts'

test.each(['correct horse battery', '一二三四五六七八九十', 'Tr0ub4dor&3!'])('%s is a good password', password =>
  expect(passwordProblem(password, 'li@example.com')).toBeNull(),
)

test.each([
  ['', /at least 10/],
  ['ninechars', /at least 10 characters; it has 9/],
  ['x'.repeat(129), /at most 128/],
  ['ababababababab', /same few/],
  ['li.lei@example.com', /e-mail/],
])('%s is refused with the reason and what to do', (password, reason) => {
  const problem = passwordProblem(password, 'li.lei@example.com')
  expect(problem?.message.en).toMatch(reason)
  expect(problem?.message['zh-CN']).toBeTruthy()
  expect(problem?.remedy['zh-CN']).toBeTruthy()
})
