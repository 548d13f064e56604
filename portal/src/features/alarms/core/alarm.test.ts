import { expect, test } from 'vitest'
import { alarmMoves, alarmStates, isOpen, moveAlarm } from './alarm.ts'
import { isToldOf, type RuleTells } from './own-rule.ts'

test('every move from every state, all of it', () => {
  const table = Object.fromEntries(
    alarmStates.map(state => [state, alarmMoves.map(move => moveAlarm(state, move)?.slice(0, 5) ?? '-').join(' ')]),
  )
  // raise, raise-in-maintenance, clear, acknowledge, shelve, suppress, resume-active, resume-returned, end
  expect(table).toEqual({
    unacknowledged: 'unack suppr retur ackno shelv suppr - - norma',
    acknowledged: 'ackno suppr norma - shelv suppr - - norma',
    returned: 'unack suppr - norma shelv suppr - - norma',
    shelved: 'shelv shelv shelv - - - unack norma norma',
    suppressed: 'suppr suppr suppr - - - unack norma norma',
    normal: 'unack suppr - - - - - - -',
  })
})

test('an alarm is open until it is normal', () => expect(alarmStates.filter(state => !isOpen(state))).toEqual(['normal']))

test('an alarm of a company’s own rule is told to its people, and to others where the rule says so', () => {
  const toldOf = (tells: RuleTells[]) => ['own', 'other', null].map(side => isToldOf({ companyId: 'own', tells }, side))
  expect(toldOf([])).toEqual([true, false, false])
  expect(toldOf(['holders'])).toEqual([true, true, false])
  expect(toldOf(['manufacturer'])).toEqual([true, false, true])
  expect(['own', null].map(side => isToldOf(null, side))).toEqual([true, true])
})
