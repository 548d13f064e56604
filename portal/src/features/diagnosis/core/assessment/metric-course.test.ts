import { expect, test } from 'vitest'
import { keepHour, newCourse, newOwnTime, offMiddle, settleCourse } from './metric-course.ts'

/** Hours of days of six: in the first of each work begins, and is far lower. */
const days = (count: number) =>
  Array.from({ length: 6 * count }, (_, i) => ({ distance: (i % 6 === 0 ? -4 : 0) + 0.1 * (i % 5), begins: i % 6 === 0 }))

test('hours in which work begins are held against each other, and all others against theirs', () => {
  const course = newCourse()
  expect(settleCourse(course, days(10), false)).toBe(true)
  expect(Math.abs(offMiddle(course, -4, true))).toBeLessThan(3)
  expect(offMiddle(course, -4, false)).toBeLessThan(-20)
})

test('where work began too seldom to tell, or never went on, an hour is like another', () => {
  const [seldom, always] = [newCourse(), newCourse()]
  settleCourse(seldom, days(5), false)
  settleCourse(
    always,
    days(10).map(hour => ({ ...hour, begins: true })),
    false,
  )
  for (const course of [seldom, always]) expect(offMiddle(course, -4, true)).toBe(offMiddle(course, -4, false))
})

test('hours that were kept before it was asked whether work began in them go on as hours in which it did not', () => {
  const own = { ...newOwnTime(14), hours: [1, 2] }
  keepHour(own, 3, true)
  expect(own).toMatchObject({ hours: [1, 2, 3], begun: [false, false, true] })
})
